"""Tables of privacy: keys and looks (`base`), erasures, their proofs and tombstones (`erasure`), what persons ask for (`request`)."""

from chelun.platform.privacy.models.base import AccessRecord, SubjectKey
from chelun.platform.privacy.models.erasure import Erasure, ErasureShare, Tombstone, TombstoneDigest
from chelun.platform.privacy.models.request import PersonRequest

__all__ = [
    "AccessRecord",
    "Erasure",
    "ErasureShare",
    "PersonRequest",
    "SubjectKey",
    "Tombstone",
    "TombstoneDigest",
]
