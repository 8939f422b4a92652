"""A file opens for nobody until it was scanned; a scanner that is away loses nothing."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from madoguchi.kernel.audit.public import history
from madoguchi.kernel.files import quarantine, scanner, storage
from madoguchi.kernel.files.actions import content_of, discard
from madoguchi.kernel.files.checks import scanner_is_set_up
from madoguchi.kernel.files.errors import FileShut
from madoguchi.kernel.files.models import StoredFile
from madoguchi.kernel.files.quarantine import LONGEST_WAIT, MOST_ERRORS, scan_file
from madoguchi.kernel.files.testing import blank_pdf, eicar_pdf, stored
from madoguchi.lib import clock
from madoguchi.standins.scanner.server import Fault, Scanner, served

pytestmark = pytest.mark.django_db
State = StoredFile.State
AWAY = "unix:/nowhere/clamd.ctl"


@pytest.fixture
def stand_in(settings):
    scanning = Scanner(slow_s=0)
    with served(scanning) as settings.SCANNER:
        yield scanning


def kept(owner, content: bytes = b"") -> StoredFile:
    return stored(owner, content or blank_pdf())


def looked_at(file: StoredFile) -> StoredFile:
    scan_file.call(file_id=file.pk)
    file.refresh_from_db()
    return file


def queued() -> list[DBTaskResult]:
    return list(DBTaskResult.objects.filter(task_path=scan_file.module_path).order_by("run_after"))


def test_a_new_file_waits_and_its_scan_is_queued_with_it(stand_in, resident):
    file = kept(resident)
    assert file.state == State.WAITING
    (row,) = queued()
    assert row.args_kwargs["kwargs"] == {"file_id": file.pk}
    with pytest.raises(FileShut, match="検査が終わるまで"):
        content_of(file)
    assert stand_in.scanned == 0


def test_a_clean_file_opens_and_the_trail_says_who_let_it_through(stand_in, resident):
    content = blank_pdf(b"proof")
    file = looked_at(kept(resident, content))
    assert file.state == State.CLEAN
    assert content_of(file) == content
    line = history(file).get(verb="files.file.scanned")
    assert line.actor == "system"
    assert line.detail == {"state": "clean", "finding": ""}


def test_a_harmful_file_opens_for_nobody_ever(stand_in, resident, caplog):
    file = looked_at(kept(resident, eicar_pdf()))
    assert (file.state, file.finding) == (State.HARMFUL, "Eicar-Test-Signature")
    with pytest.raises(FileShut, match="有害なもの"):
        content_of(file)
    assert "証明" not in caplog.text
    assert looked_at(file).state == State.HARMFUL
    assert stand_in.scanned == 1


def test_scanning_twice_leaves_one_line(stand_in, resident):
    file = looked_at(looked_at(kept(resident)))
    assert history(file).filter(verb="files.file.scanned").count() == 1
    assert stand_in.scanned == 1


@pytest.mark.parametrize("fault", [Fault.HANG_UP, Fault.GARBAGE, Fault.NO_END, None])
def test_a_scanner_that_is_away_costs_time_and_nothing_else(settings, resident, fault):
    scanning = Scanner(slow_s=0)
    with served(scanning) as here:
        settings.SCANNER = here if fault else AWAY
        scanning.fault = fault
        file = looked_at(kept(resident))
        assert file.state == State.WAITING
        assert file.next_scan_at > clock.now()
        with pytest.raises(FileShut):
            content_of(file)
        assert len(queued()) == 2
        settings.SCANNER = here
        assert looked_at(file).state == State.CLEAN


def test_two_workers_at_an_absent_scanner_queue_one_next_look(settings, resident):
    settings.SCANNER = AWAY
    file = looked_at(looked_at(kept(resident)))
    assert len(queued()) == 2
    assert file.state == State.WAITING


def test_the_wait_grows_with_the_age_of_the_file_up_to_its_limit(settings, resident):
    settings.SCANNER = AWAY
    file = kept(resident)
    for age, least, most in [(0, 12, 18), (600, 240, 360), (864_000, 720, 1080)]:
        StoredFile.objects.filter(pk=file.pk).update(stored_at=clock.now() - timedelta(seconds=age), next_scan_at=None)
        before = clock.now()
        looked_at(file)
        assert least <= (file.next_scan_at - before).total_seconds() <= most + 1
    assert timedelta(seconds=1080) <= LONGEST_WAIT * 1.2


def test_a_scanner_that_cannot_is_asked_again_and_then_believed(stand_in, resident):
    stand_in.fault, stand_in.lasting = Fault.ERROR, True
    file = kept(resident)
    for _ in range(MOST_ERRORS):
        StoredFile.objects.filter(pk=file.pk).update(next_scan_at=None)
        assert file.state == State.WAITING
        looked_at(file)
    assert file.state == State.UNSCANNABLE
    with pytest.raises(FileShut, match="検査ができなかった"):
        content_of(file)


def test_a_lost_content_shuts_the_file_and_is_told_to_the_operator(stand_in, resident, caplog):
    file = kept(resident)
    storage.drop(file.uid)
    assert looked_at(file).state == State.UNSCANNABLE
    assert "is lost" in caplog.text
    assert stand_in.scanned == 0


def test_a_file_taken_back_during_its_scan_stays_away(stand_in, resident, monkeypatch):
    file = kept(resident)
    pk, real = file.pk, scanner.scan

    def meanwhile(content):
        discard(file, actor=resident)
        return real(content)

    monkeypatch.setattr(scanner, "scan", meanwhile)
    scan_file.call(file_id=pk)
    assert not StoredFile.objects.filter(pk=pk).exists()
    scan_file.call(file_id=pk)


@pytest.mark.django_db(transaction=True)
def test_the_database_is_free_while_the_scanner_works(stand_in, resident, monkeypatch):
    file, held = kept(resident), []

    def watching(content):
        held.append(connection.in_atomic_block)
        return scanner.Verdict(scanner.Finding.CLEAN)

    monkeypatch.setattr(scanner, "scan", watching)
    scan_file.call(file_id=file.pk)
    assert held == [False]


def test_only_a_city_that_says_so_opens_files_without_a_scan(settings, resident):
    settings.SCANNER = "none"
    file = kept(resident)
    assert file.state == State.UNCHECKED
    assert queued() == []
    assert content_of(file)
    assert "していません" in quarantine.note_for_staff()
    assert [warning.id for warning in scanner_is_set_up(None)] == ["files.W001"]
    settings.SCANNER = ""
    unsaid = kept(resident)
    assert unsaid.state == State.WAITING
    assert "設定がない" in quarantine.note_for_staff()
    assert [warning.id for warning in scanner_is_set_up(None)] == ["files.W002"]
    settings.SCANNER = "tcp:scanner.example.lg.jp:3310"
    assert [warning.id for warning in scanner_is_set_up(None)] == ["files.W003"]


def command(*words: str) -> str:
    told = StringIO()
    call_command("files", *words, stdout=told)
    return told.getvalue()


def test_what_came_before_the_scanner_is_scanned_by_command(settings, resident):
    settings.SCANNER = "none"
    file = kept(resident, eicar_pdf())
    with pytest.raises(CommandError, match="No scanner"):
        command("scan")
    with served(Scanner()) as settings.SCANNER:
        assert "1 file(s) queued" in command("scan")
        assert "0 file(s) queued" in command("scan")
        assert looked_at(file).state == State.HARMFUL
        assert "0 file(s) wait" in command("scanner")
    with pytest.raises(CommandError, match="tried again"):
        command("scanner")


def test_a_file_whose_job_was_lost_is_found_again(stand_in, resident):
    file = kept(resident)
    assert "0 file(s) queued" in command("scan")
    StoredFile.objects.filter(pk=file.pk).update(stored_at=clock.now() - 3 * LONGEST_WAIT)
    assert "1 file(s) queued" in command("scan")
    assert quarantine.waiting_since() is not None
    assert looked_at(file).state == State.CLEAN
    assert quarantine.waiting_since() is None


def test_an_unscannable_file_gets_another_chance_on_demand(stand_in, resident):
    file = kept(resident)
    StoredFile.objects.filter(pk=file.pk).update(state=State.UNSCANNABLE, scanned_at=clock.now())
    assert "0 file(s) queued" in command("scan")
    assert "1 file(s) queued" in command("scan", "--unscannable")
    assert looked_at(file).state == State.CLEAN
