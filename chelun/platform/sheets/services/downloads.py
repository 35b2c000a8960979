"""Files out of the house: a stored file opened for somebody, with a line in the audit trail; templates."""

import io
from typing import BinaryIO

from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.crypto import Unsealable
from chelun.core.errors import Refused
from chelun.platform.audit.services import record
from chelun.platform.sheets.models import StoredFile
from chelun.platform.sheets.registers import Register
from chelun.platform.sheets.services.refusals import private_folder
from chelun.platform.sheets.vault import open_vault
from chelun.platform.sheets.writing import write_template


def open_for_download(*, actor: Actor, file: StoredFile) -> BinaryIO:
    """The plain bytes of a stored file, opened chunk by chunk. Refused when it has expired."""
    try:
        plain = open_vault(file.pk)
        plain.read(1)
        plain.seek(0)
    except FileNotFoundError:
        raise Refused("sheets.file.expired", _("这个文件已到期清除，请重新生成。")) from None
    except Unsealable:
        sentence = _("这个文件打不开：它被改动过，或者所用的密钥已经不在。请重新生成，并告诉系统管理员。")
        raise Refused("sheets.file.unreadable", sentence) from None
    region = file.county or file.city or file.province
    record(
        actor=actor, action="sheets.file.downloaded", target_kind="file", target=file.pk, region=region,
        purpose=file.purpose, new={"kind": file.kind},
    )  # fmt: skip
    return plain


def template_bytes(register: Register) -> bytes:
    """The template of a register's sheet, in the reader's language."""
    target = io.BytesIO()
    with private_folder() as folder:
        write_template(target, register.fields, sheet=_(register.label), say=_, tmpdir=folder)
    return target.getvalue()
