"""The authority: its certificates, and answers to requests as RFC 3161 has them."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from enum import Enum

from asn1crypto import algos, cms, core, tsp, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

POLICY = "2.999.1"  # an arc for examples
HASHES = {"sha256", "sha384", "sha512"}


class Fault(Enum):
    """What can be made to go wrong once; the value is the word for `--fault` and for `POST /faults`."""

    REFUSE = "refuse"
    WRONG_NONCE = "wrong_nonce"
    WRONG_IMPRINT = "wrong_imprint"
    WRONG_CLOCK = "wrong_clock"
    WRONG_SIGNATURE = "wrong_signature"
    STRANGER = "stranger"  # a signer for whom no known root vouches
    NO_PURPOSE = "no_purpose"  # a certificate that is not for time-stamping
    GARBAGE = "garbage"
    TOO_LONG = "too_long"
    HTML = "html"  # a page of a proxy, with status 200
    SLOW = "slow"
    ERROR_500 = "error_500"


class _Response(core.Sequence):  # type: ignore[misc]
    """TimeStampResp; a rejection has no token, which asn1crypto's own class does not allow."""

    _fields = [("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True})]


class _Signer:
    """A key with its certificate, issued by a root of its own."""

    def __init__(self, *, for_time_stamping: bool = True) -> None:
        root_key, self.key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        root_name, name = _name("練習用 Root"), _name("練習用 TSA")
        self.root = _certificate(root_name, root_name, root_key, root_key).add_extension(
            certificates.BasicConstraints(ca=True, path_length=None), critical=True
        ).sign(root_key, hashes.SHA256())  # fmt: skip
        builder = _certificate(name, root_name, self.key, root_key)
        if for_time_stamping:
            usage = certificates.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(usage, critical=True)
        self.certificate = builder.sign(root_key, hashes.SHA256())

    @property
    def asn1(self) -> x509.Certificate:
        return x509.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER))


def _name(words: str) -> certificates.Name:
    return certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, words)])


def _certificate(
    subject: certificates.Name,
    issuer: certificates.Name,
    key: ec.EllipticCurvePrivateKey,
    by: ec.EllipticCurvePrivateKey,
) -> certificates.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        certificates.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key.public_key())
        .serial_number(certificates.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(certificates.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    )


class Authority:
    """Answers requests with its clock; `fault` goes wrong with the next one."""

    def __init__(self) -> None:
        self._signer = _Signer()
        self.fault: Fault | None = None

    def roots_pem(self) -> bytes:
        """What a client has to trust."""
        return self._signer.root.public_bytes(serialization.Encoding.PEM)

    def take_fault(self, *wanted: Fault) -> bool:
        """Whether one of those shall happen now; it then is used up."""
        if self.fault not in wanted:
            return False
        self.fault = None
        return True

    def answer(self, query: bytes) -> bytes:
        """A TimeStampResp in DER for a TimeStampReq in DER. Requests that cannot be met are rejected with a reason."""
        try:
            request = tsp.TimeStampReq.load(query, strict=True)
            imprint, nonce = request["message_imprint"], request["nonce"].native
            algorithm = imprint["hash_algorithm"]["algorithm"].native
            with_certificate = bool(request["cert_req"].native)
        except (ValueError, TypeError):
            return _rejection("bad_data_format")
        if algorithm not in HASHES or len(imprint["hashed_message"].native) != hashlib.new(algorithm).digest_size:
            return _rejection("bad_alg")
        if self.take_fault(Fault.REFUSE):
            return _rejection("time_not_available")
        content = self._content(imprint, nonce)
        signer = self._signer
        if self.take_fault(Fault.STRANGER):
            signer = _Signer()
        elif self.take_fault(Fault.NO_PURPOSE):
            signer = _Signer(for_time_stamping=False)
            self._signer = signer
        token = _signed(
            content, signer, with_certificate=with_certificate, spoiled=self.take_fault(Fault.WRONG_SIGNATURE)
        )
        return bytes(_Response({"status": {"status": "granted"}, "time_stamp_token": token}).dump())

    def _content(self, imprint: tsp.MessageImprint, nonce: int | None) -> tsp.TSTInfo:
        moment = datetime.now(UTC).replace(microsecond=0)
        if self.take_fault(Fault.WRONG_CLOCK):
            moment += timedelta(hours=9)  # local time given out as UTC
        if self.take_fault(Fault.WRONG_NONCE):
            nonce = (nonce or 0) + 1
        hashed = imprint["hashed_message"].native
        if self.take_fault(Fault.WRONG_IMPRINT):
            hashed = hashed[::-1]
        info = {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": {"hash_algorithm": imprint["hash_algorithm"], "hashed_message": hashed},
            "serial_number": secrets.randbits(63),
            "gen_time": core.GeneralizedTime(moment),
        }
        return tsp.TSTInfo(info | ({} if nonce is None else {"nonce": nonce}))


def _rejection(reason: str) -> bytes:
    status = {"status": "rejection", "fail_info": tsp.PKIFailureInfo({reason})}
    return bytes(_Response({"status": status}).dump())


def _signed(content: tsp.TSTInfo, signer: _Signer, *, with_certificate: bool, spoiled: bool) -> cms.ContentInfo:
    """CMS signed data (RFC 5652) with the signer's certificate named in the signed attributes (RFC 5816)."""
    encoded, certificate, sha256 = content.dump(), signer.asn1, algos.DigestAlgorithm({"algorithm": "sha256"})
    named = tsp.ESSCertIDv2({"hash_algorithm": sha256, "cert_hash": hashlib.sha256(certificate.dump()).digest()})
    attributes = cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [hashlib.sha256(encoded).digest()]}),
            cms.CMSAttribute(
                {"type": "signing_certificate_v2", "values": [tsp.SigningCertificateV2({"certs": [named]})]}
            ),
        ]
    )
    signature = signer.key.sign(attributes.dump() + (b"x" if spoiled else b""), ec.ECDSA(hashes.SHA256()))
    identity = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": identity}),
            "digest_algorithm": sha256,
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": signature,
        }
    )
    data = {
        "version": "v3",
        "digest_algorithms": [sha256],
        "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(encoded)},
        "signer_infos": [info],
    } | ({"certificates": [certificate]} if with_certificate else {})
    return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(data)})
