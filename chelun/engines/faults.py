"""How an engine refuses a value: a stable code, a Chinese sentence, and what the clerk can do.

What lives here: the two value types that every engine's catalogue of faults is made of.
What does not: the catalogues themselves (`ids/faults.py`, `names/faults.py`) and the English translation, which
the Django side makes from the fixed templates.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(text: str) -> str:  # noqa: N802
    """Mark a text in pure code for the catalogue of translations; whoever shows it looks it up."""
    return text


@dataclass(frozen=True, slots=True)
class Fault:
    """One refusal. `template` and `advice` are fixed texts that can be translated; `params` fill the template.

    Neither text nor params ever hold the refused value or a corrected one: a fault is shown, logged and written
    into refusal workbooks.
    """

    code: str
    template: str
    advice: str
    params: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    @property
    def message(self) -> str:
        """What is wrong, in one Chinese sentence."""
        return self.template.format(**self.params)

    @property
    def text(self) -> str:
        """What is wrong and what to do, in Chinese."""
        return self.message + self.advice


@dataclass(frozen=True, slots=True)
class FaultKind:
    """A line of a catalogue; call it, with the values of the template's fields, to get the `Fault`."""

    code: str
    template: str
    advice: str

    def __call__(self, **params: str | int) -> Fault:
        return Fault(self.code, self.template, self.advice, params)
