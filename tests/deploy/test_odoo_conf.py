"""odoo.conf and what the containers make of it, read by Odoo's own parser."""

import configparser
import json
import os
import re
import subprocess
import sys

import pytest

# Prints what Odoo understood, and everything it had to say about it.
READER = """
import json, sys
from odoo.tools.config import config, configmanager
config._parse_config(["-c", sys.argv[1]])
said = [message % args for _level, message, args, _kw in configmanager._log_entries]
said += [str(message) for message, _args, _kw in configmanager._warn_entries]
options = {name: value for name, value in config._file_options.items()}
unknown = [name for name in options if name not in config.options_index]
master = config.verify_admin_password(sys.argv[2]) if len(sys.argv) > 2 else None
answer = {"options": options, "unknown": unknown, "said": said, "master": master}
print(json.dumps(answer))
"""


def read_with_odoo(conf, *arguments):
    done = subprocess.run(
        [sys.executable, "-c", READER, conf, *arguments],
        env={n: v for n, v in os.environ.items() if n[:2] != "PG" and n != "ODOO_RC"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def template(root, tmp_path):
    """odoo.conf with the addons where they are on this machine."""
    text = (root / "odoo.conf").read_text()
    path = tmp_path / "template.conf"
    path.write_text(text.replace("/opt/offer_repository/addons", str(root / "addons")))
    return path


def render(root, template, tmp_path, **environ):
    target = tmp_path / "odoo.conf"
    target.touch(mode=0o644)  # as in the image
    secrets = {"ODOO_MASTER_PASSWORD": "pä$$ %(x)s; #1", "PGDATABASE": "offers"}
    done = subprocess.run(
        [sys.executable, root / "deploy" / "render_config.py", template, target],
        env={"PATH": os.environ["PATH"], **secrets, **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    return done, target


def test_odoo_understands_every_option(template):
    read = read_with_odoo(template)

    assert read["unknown"] == []
    assert read["said"] == []


def test_settings_that_production_depends_on(template):
    options = read_with_odoo(template)["options"]

    assert options["list_db"] is False
    assert options["proxy_mode"] is True
    assert options["with_demo"] is False
    assert options["workers"] > 0
    assert options["gevent_port"] == 8072
    assert options["http_interface"] == "0.0.0.0"
    assert options["limit_memory_soft"] < options["limit_memory_hard"]
    assert options["limit_time_cpu"] <= options["limit_time_real"]


def test_no_password_in_the_file(root):
    parser = configparser.RawConfigParser()
    parser.read(root / "odoo.conf")

    assert {"admin_passwd", "db_password", "smtp_password"}.isdisjoint(
        parser["options"]
    )


def test_connections_fit_into_postgresql(template, root):
    options = read_with_odoo(template)["options"]
    processes = options["workers"] + options["max_cron_threads"]
    needed = processes * options["db_maxconn"] + options["db_maxconn_gevent"]

    offered = re.search(
        r"max_connections=(\d+)", (root / "docker-compose.yml").read_text()
    )
    assert needed < int(offered[1])


def test_ports_are_the_same_everywhere(template, root):
    options = read_with_odoo(template)["options"]
    ports = [str(options["http_port"]), str(options["gevent_port"])]

    assert f"EXPOSE {' '.join(ports)}" in (root / "Dockerfile").read_text()
    caddyfile = (root / "deploy" / "Caddyfile").read_text()
    assert re.search(rf"ODOO_HTTP:odoo:{ports[0]}\b", caddyfile)
    assert re.search(rf"ODOO_WEBSOCKET:odoo:{ports[1]}\b", caddyfile)


def test_rendered_file_carries_the_master_password_as_a_hash(root, template, tmp_path):
    done, target = render(root, template, tmp_path)

    assert done.returncode == 0, done.stderr
    read = read_with_odoo(target, "pä$$ %(x)s; #1")
    assert read["master"] is True
    assert read["said"] == []
    assert "pä$$" not in target.read_text()
    assert target.stat().st_mode & 0o777 == 0o600


def test_database_filter_takes_the_name_literally(root, template, tmp_path):
    _done, target = render(root, template, tmp_path, PGDATABASE="offers.v2")

    pattern = read_with_odoo(target)["options"]["dbfilter"]
    assert re.match(pattern, "offers.v2")
    assert not re.match(pattern, "offersxv2")
    assert not re.match(pattern, "offers.v2_test")


def test_sizes_come_from_the_environment(root, template, tmp_path):
    _done, target = render(
        root, template, tmp_path, ODOO_WORKERS="7", ODOO_DB_MAXCONN=""
    )

    options = read_with_odoo(target)["options"]
    assert options["workers"] == 7
    assert options["db_maxconn"] == 16


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"ODOO_MASTER_PASSWORD": ""}, "ODOO_MASTER_PASSWORD is not set."),
        ({"PGDATABASE": ""}, "PGDATABASE is not set."),
        ({"ODOO_WORKERS": "many"}, 'ODOO_WORKERS must be a whole number, not "many".'),
        ({"ODOO_WORKERS": "-1"}, 'ODOO_WORKERS must be a whole number, not "-1".'),
    ],
)
def test_unusable_environment_is_named(root, template, tmp_path, environ, message):
    done, target = render(root, template, tmp_path, **environ)

    assert done.returncode == 1
    assert done.stderr.strip() == f"render_config.py: {message}"
    assert target.read_text() == ""
