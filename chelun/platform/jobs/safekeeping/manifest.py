"""What a backup says of itself: when, from which engine, under which keys, and the digest of each file."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from chelun.core.crypto import mac, ring
from chelun.core.errors import Refused

FILE_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files` maps each file's name to its SHA-256; `data_keys` names the ring's data keys, never their values."""

    made_at: str
    engine: str
    version: str
    data_keys: tuple[str, ...]
    files: Mapping[str, str]

    def write(self, folder: Path) -> None:
        """Write it, sealed under the audit key, so that it cannot be replaced together with the files."""
        values = asdict(self)
        text = json.dumps({**values, "seal": _seal(values)}, ensure_ascii=False, indent=1)
        (folder / FILE_NAME).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """The manifest of a backup. Refused when there is none, or when it was made under another key ring."""
        try:
            values = json.loads((folder / FILE_NAME).read_text("utf-8"))
            seal = values.pop("seal")
            found = cls(**{**values, "data_keys": tuple(values["data_keys"])})
        except (OSError, ValueError, KeyError, TypeError):
            raise Refused(
                "backup.no_manifest", _("这个文件夹里没有完整的备份（缺 manifest.json）。")
            ) from None
        if not hmac.compare_digest(seal, _seal(values)) or not set(found.data_keys) <= set(ring().data):
            text = _("备份清单与现用密钥环不符：请设置备份当时的 CHELUN_KEYS，或清单已被改动。")
            raise Refused("backup.other_keys", text)
        return found


def _seal(values: Mapping[str, object]) -> str:
    return mac(b"backup\x1e" + json.dumps(values, ensure_ascii=False, sort_keys=True).encode()).hex()
