"""Taking an upload in: small files stay in memory, larger ones are sealed while they stream. None lies in the clear on disk.

Django's own handlers are not used (settings.FILE_UPLOAD_HANDLERS), since they write larger files to a temporary folder.
"""

import io
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopFutureHandlers
from django.http import HttpRequest

from chelun.core.identifiers import uuid7
from chelun.platform.sheets.digests import Digester
from chelun.platform.sheets.vault import SealedWriter, open_vault, shred

IN_MEMORY_BYTES = 512 * 1024
"""Up to here a file is read within the request; a larger one waits sealed for the worker."""
FORM_BYTES = 64 * 1024
"""What the form around the file may weigh."""


class SealedUpload(UploadedFile):  # type: ignore[type-arg]
    """An uploaded file. `file_id` says where it lies sealed, None when it is in memory; `digest` is its keyed digest.

    Whoever keeps the sealed bytes calls `keep`; otherwise they are shredded at the end of the request.
    """

    def __init__(self, file: Any, name: str, taken: Digester, file_id: UUID | None) -> None:
        super().__init__(file, name, "application/octet-stream", taken.size)
        self.digest = taken.digest()
        self.file_id = file_id
        self._kept = False

    def keep(self) -> None:
        """Leave the sealed bytes where they are."""
        self._kept = True

    def close(self) -> None:
        """End of the request: bytes that nobody kept go."""
        super().close()
        if self.file_id is not None and not self._kept:
            shred(self.file_id)


class SealedUploadHandler(FileUploadHandler):
    """Receives one file at a time; takes nothing from strangers, and nothing beyond CHELUN_MAX_UPLOAD_BYTES."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._announced = 0
        self._writer: SealedWriter | None = None
        self._file_id: UUID | None = None

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 – Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Remember how much was announced."""
        self._announced = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with a file, or pass over one that may not come in."""
        super().new_file(*args, **kwargs)
        self._memory, self._taken = bytearray(), Digester()
        self._writer = self._file_id = None
        if not getattr(getattr(self.request, "user", None), "is_authenticated", False):
            raise SkipFile
        if self._announced > settings.CHELUN_MAX_UPLOAD_BYTES + FORM_BYTES:
            self._refuse()
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take some bytes."""
        self._taken.update(raw_data)
        if self._taken.size > settings.CHELUN_MAX_UPLOAD_BYTES:
            self._refuse()
        if self._writer is not None:
            self._writer.write(raw_data)
            return
        self._memory += raw_data
        if len(self._memory) > IN_MEMORY_BYTES:
            self._file_id = uuid7()
            self._writer = SealedWriter(self._file_id)
            self._writer.write(bytes(self._memory))
            self._memory.clear()

    def file_complete(self, file_size: int) -> SealedUpload:
        """The file as the views get it."""
        name = str(self.file_name or "")
        if self._writer is None or self._file_id is None:
            return SealedUpload(io.BytesIO(bytes(self._memory)), name, self._taken, None)
        self._writer.close()
        self._writer = None
        return SealedUpload(open_vault(self._file_id), name, self._taken, self._file_id)

    def upload_interrupted(self) -> None:
        """The reader went away: nothing stays."""
        self._give_up()

    def _refuse(self) -> None:
        self._give_up()
        self.request.upload_too_large = True  # type: ignore[union-attr]
        raise SkipFile

    def _give_up(self) -> None:
        if self._writer is not None:
            self._writer.abandon()
            self._writer = None


def was_too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was passed over because of its size. Ask after the form was read."""
    return bool(getattr(request, "upload_too_large", False))
