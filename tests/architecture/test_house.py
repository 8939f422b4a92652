"""The rules of the house that import contracts cannot say."""

import ast
import re

import pytest
from django.apps import apps

from madoguchi.kernel.registry.public import services
from madoguchi.kernel.vault.public import EncryptedTextField

MOST_LINES = 400
MOST_DOORS = 12


def test_no_file_hides_two_thoughts(source_files):
    long = {path.name: count for path in source_files if (count := len(path.read_text().splitlines())) > MOST_LINES}
    assert long == {}


def test_there_is_no_utils_anywhere(source_files):
    assert [path for path in source_files if path.stem in {"utils", "helpers", "misc", "common"}] == []


def own_models():
    return [model for model in apps.get_models() if model.__module__.startswith("madoguchi.")]


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_every_model_says_its_personal_data_and_retention(model):
    assert model.__dict__["PERSONAL_DATA"]
    assert "RETENTION_YEARS" in model.__dict__
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}("), "Django wrote this docstring"


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_every_sealed_field_is_bound_to_its_row(model):
    for field in model._meta.local_fields:
        if isinstance(field, EncryptedTextField):
            assert field.row, field
            assert [name for name in field.row if model._meta.get_field(name).attname != name] == []


def test_kernel_doors_have_at_most_twelve_names(root):
    for path in sorted((root / "src/madoguchi/kernel").glob("*/public.py")):
        names = next(
            [element.value for element in node.value.elts]
            for node in ast.parse(path.read_text()).body
            if isinstance(node, ast.Assign) and node.targets[0].id == "__all__"
        )
        assert len(names) <= MOST_DOORS, path.parent.name
        assert names == sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name))


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def app_of(dotted: str) -> str | None:
    found = re.match(r"madoguchi\.((?:kernel|services)\.\w+)", dotted)
    return found[1] if found else None


def test_another_app_is_entered_through_its_public_door(root, source_files):
    entries = {"urls", "middleware", "oidc", "actions", "pack"}  # what the assembly in project/ may name
    wrong = []
    for path in source_files:
        own = app_of(".".join(path.relative_to(root / "src").with_suffix("").parts))
        room = path.relative_to(root / "src/madoguchi").parts[0]
        in_tests = "tests" in path.parts or path.name in {"testing.py", "conftest.py"}
        for module in imports_of(path):
            app = app_of(module)
            if app is None or app == own:
                continue
            door = module.removeprefix(f"madoguchi.{app}").strip(".")
            allowed = {"public"} | ({"testing"} if in_tests else set()) | (entries if room == "project" else set())
            if door not in allowed:
                wrong.append(f"{path.relative_to(root)}: {module}")
    assert wrong == []


@pytest.mark.parametrize("service", services(), ids=lambda service: service.slug)
def test_every_service_has_its_page_in_the_docs(service, root):
    text = (root / service.docs).read_text(encoding="utf-8")
    assert "## For the counter" in text
    assert "## For engineers" in text


def test_no_name_of_a_real_municipality_in_the_code(root, source_files):
    """A sample that would show: the reference city, its prefecture and neighbours."""
    names = re.compile("武蔵野|むさしの|musashino|三鷹|吉祥寺|杉並|国分寺|小平市", re.IGNORECASE)
    allowed = {"settings.py"}  # names the default pack
    found = [
        path.relative_to(root).as_posix()
        for path in [*source_files, *(root / "src").rglob("*.html"), *(root / "src").rglob("*.po")]
        if path.name not in allowed and names.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_foreign_keys_across_apps_are_strings(root):
    pattern = re.compile(r"(?:ForeignKey|OneToOneField)\(\s*([A-Z]\w+)")
    for path in sorted((root / "src/madoguchi").rglob("models.py")):
        own = set(re.findall(r"^class (\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE))
        assert set(pattern.findall(path.read_text(encoding="utf-8"))) <= own, path
