"""docker-compose.yml and Dockerfile, as far as this goes without a Docker engine."""

import re
import subprocess
import sys

import pytest
from ruamel.yaml import YAML

SECRETS = {"DB_PASSWORD", "ODOO_MASTER_PASSWORD", "ODOO_ADMIN_PASSWORD"}
# ${NAME}, ${NAME:-default} or ${NAME:?message}
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<text>[^}]*))?\}")


@pytest.fixture(scope="module")
def compose(root):
    return YAML(typ="safe").load((root / "docker-compose.yml").read_text())


@pytest.fixture(scope="module")
def variables(root):
    return list(VARIABLE.finditer((root / "docker-compose.yml").read_text()))


@pytest.fixture(scope="module")
def example(root):
    lines = (root / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and line[0] != "#")


@pytest.fixture(scope="module")
def dockerfile(root):
    text = (root / "Dockerfile").read_text().replace("\\\n", " ")
    return [line.split() for line in text.splitlines() if line and line[0] != "#"]


def test_compose_file_follows_the_specification(root):
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "check_jsonschema",
            "--builtin-schema",
            "vendor.compose-spec",
            "docker-compose.yml",
        ],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_secrets_are_required_and_have_no_default(variables, example):
    found = {match["name"] for match in variables if match["name"] in SECRETS}

    assert found == SECRETS
    for match in variables:
        if match["name"] in SECRETS:
            assert match["kind"] == "?"
            assert f"set {match['name']} in .env" in match["text"]
            assert example[match["name"]] == ""


def test_every_other_variable_has_the_documented_default(variables, example):
    defaults = {m["name"]: m["text"] for m in variables if m["name"] not in SECRETS}

    assert {m["kind"] for m in variables if m["name"] not in SECRETS} == {"-"}
    assert defaults == {
        name: value for name, value in example.items() if name not in SECRETS
    }


def test_every_mounted_file_is_in_the_checkout(compose, root):
    mounts = [v for service in compose["services"].values() for v in service["volumes"]]
    files = [mount.split(":")[0] for mount in mounts if mount.startswith(".")]

    assert files
    assert [name for name in files if not (root / name).is_file()] == []


def test_every_named_volume_is_declared_and_used(compose):
    mounts = [v for service in compose["services"].values() for v in service["volumes"]]
    used = {mount.split(":")[0] for mount in mounts if not mount.startswith(".")}

    assert used == set(compose["volumes"])


def test_image_copies_only_what_exists_and_reaches_the_build(dockerfile, root):
    patterns = (root / ".dockerignore").read_text().splitlines()
    allowed = {line[1:] for line in patterns if line.startswith("!")}
    sources = [
        [word for word in line[1:-1] if not word.startswith("--")]
        for line in dockerfile
        if line[0] == "COPY"
    ]

    assert sources
    for source in (name for line in sources for name in line):
        assert (root / source).exists()
        assert source.split("/")[0] in allowed


def test_image_starts_the_entry_script_as_an_ordinary_user(dockerfile, root):
    last = {line[0]: line[1:] for line in dockerfile}

    assert last["USER"] == ["odoo"]
    script = last["ENTRYPOINT"][0].strip('["]')
    assert script.startswith("/opt/offer_repository/")
    assert (root / script.removeprefix("/opt/offer_repository/")).stat().st_mode & 0o100


def test_every_command_of_the_entry_script_has_its_script(root):
    text = (root / "deploy" / "entrypoint.sh").read_text()
    commands = re.findall(r"^    ((?:\w+ \| )*\w+)\)$", text, re.MULTILINE)
    scripted = {name for line in commands for name in line.split(" | ")} - {
        "serve",
        "odoo",
        "help",
    }

    assert scripted == {"init", "upgrade", "backup", "restore"}
    assert all((root / "deploy" / f"{name}.sh").exists() for name in scripted)


def test_commands_of_the_services_exist(compose):
    assert compose["services"]["init"]["command"] == ["init"]
    assert compose["services"]["odoo"]["command"] == ["serve"]


def test_database_odoo_and_their_order_are_watched(compose):
    services = compose["services"]

    assert "pg_isready" in services["db"]["healthcheck"]["test"]
    assert (
        services["odoo"]["depends_on"]["init"]["condition"]
        == "service_completed_successfully"
    )
    assert services["proxy"]["depends_on"]["odoo"]["condition"] == "service_healthy"
    probe = " ".join(services["odoo"]["healthcheck"]["test"])
    assert "8069/web/health" in probe
    assert "8072/websocket/health" in probe


def test_only_the_proxy_is_reachable_and_only_from_this_machine_by_default(compose):
    published = {
        name: s["ports"] for name, s in compose["services"].items() if "ports" in s
    }

    assert set(published) == {"proxy"}
    assert all(
        port.startswith("${HTTP_BIND:-127.0.0.1}:") for port in published["proxy"]
    )


def test_database_survives_a_new_container(compose):
    assert "db-data:/var/lib/postgresql/data" in compose["services"]["db"]["volumes"]
    assert "odoo-data:/var/lib/odoo" in compose["services"]["odoo"]["volumes"]


def test_long_running_services_restart_and_are_limited(compose):
    for name in ("db", "odoo", "proxy"):
        service = compose["services"][name]
        assert service["restart"] == "unless-stopped"
        assert service["deploy"]["resources"]["limits"]["memory"]
        assert "no-new-privileges:true" in service["security_opt"]
