"""RSA keys that are made once and kept in the data folder, readable by their owner only."""

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

_CERTIFICATE_YEARS = 50


@dataclass(frozen=True)
class Key:
    """A private key with the identifier that tokens name it by."""

    private: rsa.RSAPrivateKey

    @property
    def id(self) -> str:
        """The same for the same key, always."""
        return hashlib.sha256(self.public_pem.encode()).hexdigest()[:40]

    @property
    def public_pem(self) -> str:
        """The public half, PEM."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return self.private.public_key().public_bytes(serialization.Encoding.PEM, form).decode()

    @property
    def private_pem(self) -> str:
        """The private half, PKCS #8 PEM, as in a service-account file."""
        form, secret = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        return self.private.private_bytes(serialization.Encoding.PEM, form, secret).decode()

    def certificate_pem(self, name: str) -> str:
        """A self-signed certificate of the public half: the form Google publishes its token keys in."""
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        start = datetime(2020, 1, 1, tzinfo=UTC)
        draft = x509.CertificateBuilder().subject_name(subject).issuer_name(subject)
        draft = draft.public_key(self.private.public_key()).serial_number(int(self.id[:15], 16) + 1)
        draft = draft.not_valid_before(start).not_valid_after(start + timedelta(days=365 * _CERTIFICATE_YEARS))
        return draft.sign(self.private, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()

    def sign(self, payload: bytes) -> bytes:
        """RSA-SHA256 with PKCS #1 v1.5 padding, as IAM's signBlob does."""
        return self.private.sign(payload, padding.PKCS1v15(), hashes.SHA256())


def kept_key(path: Path) -> Key:
    """The key in the file; made there the first time."""
    if not path.exists():
        made = Key(rsa.generate_private_key(public_exponent=65537, key_size=2048))
        write_private(path, made.private_pem)
    loaded = serialization.load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(loaded, rsa.RSAPrivateKey)  # noqa: S101  # nothing else was ever written there
    return Key(loaded)


def write_private(path: Path, text: str) -> None:
    """Replace the file as a whole; only its owner may read it, from its first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
