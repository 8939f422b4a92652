"""Where sealed contents lie: a folder, or a bucket that speaks S3. Only names and bytes are known here."""

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

RETRIES = 3
FOLDERS = [f"{number:02x}" for number in range(256)]


@dataclass(frozen=True)
class Item:
    """A content that lies there, and since when."""

    name: str
    kept_at: datetime


class Shelf(ABC):
    """Every method may raise OSError; FileNotFoundError when nothing has that name."""

    @abstractmethod
    def put(self, name: str, sealed: bytes) -> None:
        """Whole and for good when it returns, or not at all; never over something that is there."""

    @abstractmethod
    def get(self, name: str) -> bytes: ...

    @abstractmethod
    def head(self, name: str, count: int) -> bytes:
        """Its first bytes."""

    @abstractmethod
    def replace(self, name: str, sealed: bytes) -> None:
        """By another sealing of the same content; a reader gets the old whole or the new whole."""

    @abstractmethod
    def drop(self, name: str) -> None:
        """Gone afterwards, whether it was there or not."""

    @abstractmethod
    def items(self, folder: str) -> Iterator[Item]:
        """What lies in the folder, the part of a name before its slash."""

    def everything(self) -> Iterator[Item]:
        """One folder at a time, so that a million files need no memory."""
        for folder in FOLDERS:
            yield from self.items(folder)


def shelf() -> Shelf:
    """The one this installation keeps its files on."""
    if settings.S3_BUCKET:
        return _bucket(
            settings.S3_BUCKET,
            settings.S3_ENDPOINT,
            settings.S3_REGION,
            settings.S3_ACCESS_KEY,
            settings.S3_SECRET_KEY,
        )
    return Folder(Path(settings.FILE_DIR))


class Folder(Shelf):
    """A folder of this machine, or one that several machines share."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, sealed: bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with path.open("xb") as handle:
                handle.write(sealed)
                handle.flush()
                os.fsync(handle.fileno())
        except FileExistsError:
            raise
        except OSError:
            path.unlink(missing_ok=True)
            raise

    def get(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def head(self, name: str, count: int) -> bytes:
        with (self.root / name).open("rb") as handle:
            return handle.read(count)

    def replace(self, name: str, sealed: bytes) -> None:
        path = self.root / name
        partial = path.with_suffix(".partial")
        with partial.open("wb") as handle:  # over what an interrupted run left
            handle.write(sealed)
            handle.flush()
            os.fsync(handle.fileno())
        partial.replace(path)

    def drop(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)

    def items(self, folder: str) -> Iterator[Item]:
        try:
            entries = list(os.scandir(self.root / folder))
        except FileNotFoundError:
            return
        for entry in entries:
            yield Item(f"{folder}/{entry.name}", datetime.fromtimestamp(entry.stat().st_mtime, UTC))


class Bucket(Shelf):
    """A bucket by the protocol of Amazon S3, of whoever runs one; obstore speaks it."""

    def __init__(self, store: Any) -> None:
        self.store = store

    def put(self, name: str, sealed: bytes) -> None:
        with _told():
            self.store.put(name, sealed, mode="create")

    def get(self, name: str) -> bytes:
        with _told():
            return bytes(self.store.get(name).bytes())

    def head(self, name: str, count: int) -> bytes:
        with _told():
            return bytes(self.store.get_range(name, start=0, length=count))

    def replace(self, name: str, sealed: bytes) -> None:
        with _told():
            self.store.put(name, sealed)

    def drop(self, name: str) -> None:
        with _told(), suppress(FileNotFoundError):
            self.store.delete(name)

    def items(self, folder: str) -> Iterator[Item]:
        with _told():
            for found in self.store.list(prefix=folder):
                for entry in found:
                    yield Item(entry["path"], entry["last_modified"])


@contextmanager
def _told() -> Iterator[None]:
    """Its errors as ours, without its words: they quote addresses and keys."""
    from obstore.exceptions import AlreadyExistsError, BaseError

    try:
        yield
    except FileNotFoundError:
        raise FileNotFoundError from None
    except AlreadyExistsError:
        raise FileExistsError from None
    except BaseError as error:
        raise OSError(f"the bucket did not do it ({type(error).__name__})") from None


@lru_cache(maxsize=4)
def _bucket(name: str, endpoint: str, region: str, access_key: str, secret_key: str) -> Bucket:
    try:
        from obstore.store import S3Store
    except ImportError as error:
        raise ImproperlyConfigured("S3_BUCKET needs `pip install 'madoguchi[s3]'`.") from error
    more: dict[str, Any] = {"endpoint": endpoint, "virtual_hosted_style_request": False} if endpoint else {}
    return Bucket(
        S3Store(
            name,
            region=region,
            access_key_id=access_key,
            secret_access_key=secret_key,
            client_options={"allow_http": endpoint.startswith("http:"), "timeout": "20s", "connect_timeout": "5s"},
            retry_config={"max_retries": RETRIES, "retry_timeout": timedelta(seconds=20)},
            **more,
        )
    )
