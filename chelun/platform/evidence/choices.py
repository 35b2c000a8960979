"""Which kinds of files may be attached."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    """What a file is, by its bytes."""

    PICTURE = "picture", _("照片")
    DOCUMENT = "document", _("PDF 文件")
