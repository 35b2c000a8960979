"""Tables of privacy: keys and looks (`base`), erasures, their proofs and tombstones (`erasure`), what persons ask for (`request`), notices and
consents (`notice`), how long all is kept (`retention`), what is opened in an emergency (`glass`), impact assessments."""

from chelun.platform.privacy.models.assessment import Assessment
from chelun.platform.privacy.models.base import AccessRecord, SubjectKey
from chelun.platform.privacy.models.erasure import Erasure, ErasureShare, Tombstone, TombstoneDigest
from chelun.platform.privacy.models.glass import BreakGlass, GlassArea
from chelun.platform.privacy.models.notice import Consent, Notice, standing
from chelun.platform.privacy.models.request import PersonRequest
from chelun.platform.privacy.models.retention import Hold, RetentionCount, RetentionProof, RetentionSwitch

__all__ = [
    "AccessRecord",
    "Assessment",
    "BreakGlass",
    "Consent",
    "Erasure",
    "ErasureShare",
    "GlassArea",
    "Hold",
    "Notice",
    "PersonRequest",
    "RetentionCount",
    "RetentionProof",
    "RetentionSwitch",
    "SubjectKey",
    "Tombstone",
    "TombstoneDigest",
    "standing",
]
