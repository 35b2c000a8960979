"""The audit page says in words what every action of the code is."""

import re

from chelun.platform.audit.wording import action_label
from tests.house import ROOT, tracked

ACTION = re.compile(r'action="([a-z]+\.[a-z_]+\.[a-z_]+)"')


def test_every_action_has_words() -> None:
    code = [path for path in tracked("chelun/**/*.py") if "tests" not in path.parts]
    actions = {name for path in code for name in ACTION.findall((ROOT / path).read_text("utf-8"))}
    assert len(actions) > 30
    assert {name for name in actions if action_label(name) == name} == set()
