"""Actions of the trail in words: `sheets.import.undone` is «导入：撤销». A word that is missing here stays as it is written."""

from django.utils.translation import gettext, pgettext_lazy

NOUNS = {
    "archive": pgettext_lazy("audit", "档案包"),
    "anchors": pgettext_lazy("audit", "库外锚点"),
    "assessment": pgettext_lazy("audit", "影响评估"),
    "backup": pgettext_lazy("audit", "备份"),
    "bar": pgettext_lazy("audit", "不再收录"),
    "bulk_merge": pgettext_lazy("audit", "批量合并"),
    "change": pgettext_lazy("audit", "变更申请"),
    "chain": pgettext_lazy("audit", "审计链"),
    "consent": pgettext_lazy("audit", "同意"),
    "credential": pgettext_lazy("audit", "证照"),
    "enterprise": pgettext_lazy("audit", "企业"),
    "erasure": pgettext_lazy("audit", "抹除个人信息"),
    "factor": pgettext_lazy("audit", "第二因子"),
    "field": pgettext_lazy("audit", "自定字段"),
    "file": pgettext_lazy("audit", "文件"),
    "geodata": pgettext_lazy("audit", "地区资料"),
    "glass": pgettext_lazy("audit", "紧急查看"),
    "grant": pgettext_lazy("audit", "角色"),
    "hold": pgettext_lazy("audit", "暂缓删除"),
    "import": pgettext_lazy("audit", "导入"),
    "invitation": pgettext_lazy("audit", "邀请"),
    "job": pgettext_lazy("audit", "任务"),
    "key": pgettext_lazy("audit", "密钥"),
    "list": pgettext_lazy("audit", "名单"),
    "login": pgettext_lazy("audit", "登录"),
    "mapping": pgettext_lazy("audit", "列的对应"),
    "notice": pgettext_lazy("audit", "告知书"),
    "passkey": pgettext_lazy("audit", "通行密钥"),
    "password": pgettext_lazy("audit", "密码"),
    "person": pgettext_lazy("audit", "人员"),
    "rank": pgettext_lazy("audit", "来源先后"),
    "recovery": pgettext_lazy("audit", "恢复码"),
    "retention": pgettext_lazy("audit", "到期删除"),
    "relative": pgettext_lazy("audit", "家属"),
    "report": pgettext_lazy("audit", "报表"),
    "record": pgettext_lazy("audit", "来源记录"),
    "request": pgettext_lazy("audit", "本人的请求"),
    "rotation": pgettext_lazy("audit", "密钥轮换"),
    "row": pgettext_lazy("audit", "行"),
    "segment": pgettext_lazy("audit", "审计链段"),
    "rule": pgettext_lazy("audit", "名册规则"),
    "session": pgettext_lazy("audit", "会话"),
    "setting": pgettext_lazy("audit", "设置"),
    "table": pgettext_lazy("audit", "驾驶舱表格"),
    "tie": pgettext_lazy("audit", "从业关系"),
    "user": pgettext_lazy("audit", "账号"),
    "value": pgettext_lazy("audit", "敏感项"),
    "vehicle": pgettext_lazy("audit", "车辆"),
    "wall": pgettext_lazy("audit", "大屏"),
    "wish": pgettext_lazy("audit", "家属的意愿"),
}
ACTORS = {"user": NOUNS["user"], "system": pgettext_lazy("audit", "系统")}
TARGETS = {
    "check": NOUNS["chain"],
    "head": NOUNS["chain"],
    "own_field": NOUNS["field"],
    "place_setting": NOUNS["setting"],
    "region": pgettext_lazy("audit", "地区"),
}
VERBS = {
    "added": pgettext_lazy("audit", "添加"),
    "answered": pgettext_lazy("audit", "照办并答复"),
    "approved": pgettext_lazy("audit", "批准"),
    "applied": pgettext_lazy("audit", "采纳"),
    "area_ended": pgettext_lazy("audit", "取消范围"),
    "area_made": pgettext_lazy("audit", "指定范围"),
    "asked": pgettext_lazy("audit", "要求"),
    "begun": pgettext_lazy("audit", "开始"),
    "broken": pgettext_lazy("audit", "发现被改动"),
    "cancelled": pgettext_lazy("audit", "取消"),
    "changed": pgettext_lazy("audit", "更改"),
    "checked": pgettext_lazy("audit", "校验"),
    "cleared": pgettext_lazy("audit", "恢复默认"),
    "closed": pgettext_lazy("audit", "结束"),
    "confirmed": pgettext_lazy("audit", "确认"),
    "copied": pgettext_lazy("audit", "疑似被复制"),
    "corrected": pgettext_lazy("audit", "更正"),
    "created": pgettext_lazy("audit", "新建"),
    "declined": pgettext_lazy("audit", "不批准"),
    "deleted": pgettext_lazy("audit", "删除"),
    "drafted": pgettext_lazy("audit", "起草"),
    "drill_failed": pgettext_lazy("audit", "恢复演练不一致"),
    "drilled": pgettext_lazy("audit", "恢复演练"),
    "disabled": pgettext_lazy("audit", "停用"),
    "done": pgettext_lazy("audit", "完成"),
    "downloaded": pgettext_lazy("audit", "下载"),
    "dropped": pgettext_lazy("audit", "放弃"),
    "enabled": pgettext_lazy("audit", "启用"),
    "ended": pgettext_lazy("audit", "强制退出"),
    "enrolled": pgettext_lazy("audit", "启用"),
    "erased": pgettext_lazy("audit", "抹除"),
    "expired": pgettext_lazy("audit", "到期清除"),
    "exported": pgettext_lazy("audit", "导出"),
    "failed": pgettext_lazy("audit", "失败"),
    "filed": pgettext_lazy("audit", "提出"),
    "forgotten": pgettext_lazy("audit", "去除"),
    "given": pgettext_lazy("audit", "授予"),
    "given_up": pgettext_lazy("audit", "放弃"),
    "joined": pgettext_lazy("audit", "并入"),
    "lifted": pgettext_lazy("audit", "解除"),
    "loaded": pgettext_lazy("audit", "装载"),
    "locked": pgettext_lazy("audit", "锁定"),
    "made": pgettext_lazy("audit", "生成"),
    "mistaken": pgettext_lazy("audit", "输错"),
    "opened": pgettext_lazy("audit", "打开"),
    "printed": pgettext_lazy("audit", "打印"),
    "proposed": pgettext_lazy("audit", "提出"),
    "refused": pgettext_lazy("audit", "不同意"),
    "published": pgettext_lazy("audit", "发布"),
    "received": pgettext_lazy("audit", "受理"),
    "removed": pgettext_lazy("audit", "移除"),
    "renewed": pgettext_lazy("audit", "换新"),
    "repeated": pgettext_lazy("audit", "重复提交"),
    "reset": pgettext_lazy("audit", "重置"),
    "restored": pgettext_lazy("audit", "恢复"),
    "retried": pgettext_lazy("audit", "重试"),
    "revealed": pgettext_lazy("audit", "查看原文"),
    "reviewed": pgettext_lazy("audit", "复核"),
    "rotated": pgettext_lazy("audit", "轮换"),
    "sent": pgettext_lazy("audit", "发出"),
    "set": pgettext_lazy("audit", "决定"),
    "settled": pgettext_lazy("audit", "认定"),
    "shared_person": pgettext_lazy("audit", "同一人多账号"),
    "taken": pgettext_lazy("audit", "着手办理"),
    "taken_off": pgettext_lazy("audit", "去掉"),
    "told": pgettext_lazy("audit", "告知本人"),
    "undo_confirmed": pgettext_lazy("audit", "确认撤销"),
    "undone": pgettext_lazy("audit", "撤销"),
    "unlocked": pgettext_lazy("audit", "解锁"),
    "uploaded": pgettext_lazy("audit", "上传"),
    "used": pgettext_lazy("audit", "使用"),
    "viewed": pgettext_lazy("audit", "查看"),
    "withdrawn": pgettext_lazy("audit", "撤去"),
    "written": pgettext_lazy("audit", "写出"),
}


def purpose_label(purpose: str) -> str:
    """A purpose as it was written; those that the system itself writes in the reader's language."""
    return gettext(purpose) if purpose else ""


def parts_named(text: str) -> tuple[list[str], list[str]]:
    """The nouns and the verbs of actions whose words, in the reader's language, hold the text."""
    lower = text.lower()
    return (
        [noun for noun, word in NOUNS.items() if lower in str(word).lower()],
        [verb for verb, word in VERBS.items() if lower in str(word).lower()],
    )


def actor_label(kind: str) -> str:
    """Whether a person or the system acted, in words."""
    return str(ACTORS.get(kind, kind))


def target_label(kind: str) -> str:
    """What kind of thing a row is about, in words; the kind itself when it is none of ours."""
    return str(TARGETS.get(kind) or NOUNS.get(kind) or kind)


def action_label(action: str) -> str:
    """The words for an action's noun and verb; the action itself when it is none of ours."""
    parts = action.split(".")
    noun, verb = (NOUNS.get(parts[1]), VERBS.get(parts[2])) if len(parts) == 3 else (None, None)
    return gettext("{noun}：{verb}").format(noun=noun, verb=verb) if noun and verb else action
