"""Tables of privacy: keys and looks (`base`), erasures, their proofs and tombstones (`erasure`), what persons ask for (`request`), notices and
consents (`notice`)."""

from chelun.platform.privacy.models.base import AccessRecord, SubjectKey
from chelun.platform.privacy.models.erasure import Erasure, ErasureShare, Tombstone, TombstoneDigest
from chelun.platform.privacy.models.notice import Consent, Notice
from chelun.platform.privacy.models.request import PersonRequest

__all__ = [
    "AccessRecord",
    "Consent",
    "Erasure",
    "ErasureShare",
    "Notice",
    "PersonRequest",
    "SubjectKey",
    "Tombstone",
    "TombstoneDigest",
]
