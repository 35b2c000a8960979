"""Checking the chain on somebody's behalf: the verdict is kept, and who had it checked is in the trail."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from chelun.core.actors import Actor
from chelun.platform.audit.models import ChainCheck
from chelun.platform.audit.rules import Finding
from chelun.platform.audit.services import record
from chelun.platform.audit.verifying import Progress, nobody, verify_chain


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check that was made, with its findings in words, what is only to be noted last."""

    check: ChainCheck
    findings: tuple[str, ...]


def chain_check(*, actor: Actor, progress: Progress = nobody) -> ChainCheck:
    """Verify the whole chain and keep the verdict."""
    verdict = verify_chain(progress)
    said = (*verdict.findings, *verdict.notes)
    kept = [[found.code, found.seq, found.template, dict(found.values)] for found in said]
    check = ChainCheck.objects.create(
        at=datetime.now(UTC),
        by=actor.actor_name,
        rows=verdict.rows,
        anchors=verdict.anchors,
        found=verdict.found,
        findings=json.dumps(kept, ensure_ascii=False),
    )
    seen = {"rows": verdict.rows, "anchors": verdict.anchors, "findings": verdict.found}
    record(actor=actor, action="audit.chain.checked", target_kind="check", target=check.pk, new=seen)
    return check


def last_check() -> CheckResult | None:
    """The check that was made last."""
    check = ChainCheck.objects.order_by("-at").first()
    if check is None:
        return None
    found = (
        Finding(code, seq, text, tuple(values.items()))
        for code, seq, text, values in json.loads(check.findings)
    )
    return CheckResult(check, tuple(finding.text for finding in found))
