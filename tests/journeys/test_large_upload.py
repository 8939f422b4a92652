"""A hundred megabytes at the door of a running installation: the words reach the person, the server stays small."""

import os
import re
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.steps import sign_in

SIZE = 100_000_000
MOST_GROWTH_KB = 20_000


def peaks(root: int) -> dict[int, int]:
    """The most memory (kB) each process below `root` ever held."""
    found, waiting = {}, [root]
    while waiting:
        pid = waiting.pop()
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        found[pid] = int(re.search(r"VmHWM:\s+(\d+)", status)[1])
        waiting += [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc")
def test_the_body_is_not_read_and_no_process_grows(installation):
    parts = urlsplit(installation.url)
    before = peaks(installation.process.pid)
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as wire:
        wire.sendall(
            f"POST /procedures/cases/0dd9e56d-ef42-4bf7-8254-7a1661df8627/pages/x/ HTTP/1.1\r\nHost: {parts.netloc}\r\n"
            f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {SIZE}\r\n\r\n".encode()
        )
        answer = wire.recv(65536)  # it does not wait for a single byte of the body
        assert answer.startswith(b"HTTP/1.1 413")
        sent = 0
        try:
            while sent < SIZE:
                sent += wire.send(b"x" * 65536)
        except OSError:
            pass  # it hung up
    after = peaks(installation.process.pid)
    grown = max(after[pid] - before[pid] for pid in before if pid in after)
    assert grown < MOST_GROWTH_KB, f"{grown} kB"


@pytest.mark.browser
def test_a_person_reads_what_to_do(installation, person_page, tmp_path):
    large = tmp_path / "scan.pdf"
    with large.open("wb") as handle:
        handle.write(b"%PDF-1.7\n")
        os.truncate(handle.fileno(), SIZE)
    page = person_page(javascript=False)
    page.goto(installation.url + "/procedures/child-allowance-claim/start/")
    page.get_by_role("button", name=re.compile("本人確認をはじめる")).click()
    sign_in(page, "窓口 花子")
    page.get_by_role("radio", name="共済組合").check()
    page.get_by_role("button", name=re.compile("^次へ")).click()  # the box for the file appears
    page.get_by_label("共済組合への加入を示す書類").set_input_files(large)
    page.get_by_role("button", name="選んだファイルを追加する").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("送られたものが大きすぎるため、受け取れません")
    expect(page.locator("main")).to_contain_text("10メガバイトまで")
    page.get_by_role("link", name="入力の画面へもどる").click()
    expect(page.get_by_label("共済組合への加入を示す書類")).to_be_visible()


@pytest.mark.browser
def test_with_script_nothing_is_sent_at_all(installation, person_page, tmp_path):
    large = tmp_path / "scan.pdf"
    with large.open("wb") as handle:
        os.truncate(handle.fileno(), SIZE)
    page = person_page()
    page.goto(installation.url + "/procedures/child-allowance-claim/start/")
    page.get_by_role("button", name=re.compile("本人確認をはじめる")).click()
    sign_in(page, "窓口 花子")
    page.get_by_role("radio", name="共済組合").check()
    page.get_by_role("button", name=re.compile("^次へ")).click()
    box = page.get_by_label("共済組合への加入を示す書類")
    box.set_input_files(large)
    expect(page.get_by_text("10MBまでのファイルを選んでください")).to_be_visible()
