"""The stand-in speaks RFC 3161 to a client that we did not write: OpenSSL's."""

import shutil
import subprocess

import pytest
import requests
from rfc3161_client import PKIStatus, decode_timestamp_response

from madoguchi.standins.serving import served
from madoguchi.standins.timestamp.authority import Authority
from madoguchi.standins.timestamp.server import QUERY, Server

OPENSSL = shutil.which("openssl")


@pytest.mark.skipif(OPENSSL is None, reason="no openssl on this machine")
@pytest.mark.parametrize("algorithm", ["-sha256", "-sha512"])
def test_openssl_accepts_a_time_stamp_and_refuses_it_for_other_data(tmp_path, algorithm):
    authority, data = Authority(), tmp_path / "data"
    data.write_bytes(b"what was there")
    query = subprocess.run(
        [OPENSSL, "ts", "-query", "-data", data, algorithm, "-cert"], capture_output=True, check=True
    ).stdout
    with served(Server(authority)) as url:
        answer = requests.post(url, query, headers={"Content-Type": QUERY}, timeout=5)
    (tmp_path / "answer.tsr").write_bytes(answer.content)
    (tmp_path / "roots.pem").write_bytes(authority.roots_pem())
    verify = [
        OPENSSL,
        "ts",
        "-verify",
        "-in",
        tmp_path / "answer.tsr",
        "-CAfile",
        tmp_path / "roots.pem",
        "-data",
        data,
    ]
    done = subprocess.run(verify, capture_output=True, text=True)
    assert "Verification: OK" in done.stdout + done.stderr, done.stderr
    data.write_bytes(b"what was not there")
    assert subprocess.run(verify, capture_output=True, text=True).returncode != 0


@pytest.mark.parametrize("query", [b"", b"x" * 100, b"\x30\x00"])
def test_what_is_no_request_is_rejected_with_a_reason(query):
    rejected = decode_timestamp_response(Authority().answer(query))
    assert PKIStatus(rejected.status) == PKIStatus.REJECTION


def test_only_queries_are_taken():
    with served(Server(Authority())) as url:
        assert requests.post(url, b"x", headers={"Content-Type": "text/plain"}, timeout=5).status_code == 415
        assert requests.get(url, timeout=5).status_code == 404
