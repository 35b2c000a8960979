"""Tables of privacy: keys and looks (`base`), erasures, their proofs and tombstones (`erasure`)."""

from chelun.platform.privacy.models.base import AccessRecord, SubjectKey
from chelun.platform.privacy.models.erasure import Erasure, ErasureShare, Tombstone, TombstoneDigest

__all__ = ["AccessRecord", "Erasure", "ErasureShare", "SubjectKey", "Tombstone", "TombstoneDigest"]
