"""backup.sh and restore.sh: nothing is lost, nothing is overwritten unasked."""

import subprocess

import pytest


def manifest(folder) -> dict[str, str]:
    lines = (folder / "manifest.txt").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


MEANWHILE = """#!/bin/sh
case "$*" in *--version*) exec PG_DUMP "$@" ;; esac
psql -Xqc "INSERT INTO ir_attachment (name) VALUES ('late')" -d DATABASE || exit 9
psql -Xqc "SET lock_timeout = '300ms'; LOCK ir_attachment IN SHARE MODE" \
    -d DATABASE && exit 8
exec PG_DUMP "$@"
"""


def test_round_trip_into_a_new_database(instance):
    backup = instance.backup()
    copy = f"{instance.database}_copy"

    result = instance.script("restore.sh", backup, copy)

    assert result.status == 0, result.output
    assert instance.notes(copy) == ["in the row", "offer Łódź.pdf"]
    [[name]] = instance.server.query(
        "SELECT store_fname FROM ir_attachment WHERE store_fname IS NOT NULL", copy
    )
    assert (instance.files(copy) / name).read_bytes() == b"%PDF exact bytes"
    assert "neutralize" in result.output


def test_manifest_says_what_was_backed_up(instance):
    said = manifest(instance.backup())

    assert said["database"] == instance.database
    assert said["module_offer_repository"] == "19.0.1.0.0"
    assert said["missing_files"] == "0"


def test_backup_of_a_database_without_files(instance):
    instance.server.query("DELETE FROM ir_attachment", instance.database)
    subprocess.run(["rm", "-r", instance.files(instance.database)], check=True)
    backup = instance.backup()

    result = instance.script("restore.sh", backup, f"{instance.database}_copy")

    assert result.status == 0, result.output


def test_file_lost_before_the_backup_is_reported_and_does_not_stop_it(instance):
    lost = instance.attach("lost.pdf", b"x")
    lost.unlink()

    backup = instance.backup()

    assert manifest(backup)["missing_files"] == "1"
    assert lost.name in (backup / "missing_files.txt").read_text()
    result = instance.script("restore.sh", backup, f"{instance.database}_copy")
    assert result.status == 0, result.output


def test_backup_waits_for_no_writer_and_keeps_the_file_cleanup_away(instance):
    slow_dump = instance.home / "bin"
    slow_dump.mkdir()
    wrapper = slow_dump / "pg_dump"
    real = instance.server.bin_folder / "pg_dump"
    # while the dump runs: a user adds an attachment, and Odoo's clean-up wants its lock
    wrapper.write_text(
        MEANWHILE.replace("DATABASE", instance.database).replace("PG_DUMP", str(real))
    )
    wrapper.chmod(0o755)
    path = f"{slow_dump}:{instance.server.bin_folder}:/usr/bin:/bin"

    result = instance.script("backup.sh", "--database", instance.database, PATH=path)

    assert result.status == 0, result.output
    assert "lock timeout" in result.output


def test_cleanup_lock_is_free_after_the_backup(instance):
    instance.backup()

    instance.server.query(
        "SET lock_timeout = '1s'; BEGIN; LOCK ir_attachment IN SHARE MODE; COMMIT",
        instance.database,
    )


def test_restore_refuses_to_overwrite_without_yes(instance):
    backup = instance.backup()
    instance.attach("newer.pdf", b"newer")

    result = instance.script("restore.sh", backup, instance.database)

    assert result.status == 3
    assert "--yes" in result.output
    assert "newer.pdf" in instance.notes(instance.database)


def test_restore_refuses_to_overwrite_a_filestore_without_yes(instance):
    backup = instance.backup()
    copy = f"{instance.database}_copy"
    precious = instance.files(copy) / "aa" / "precious"
    precious.parent.mkdir(parents=True)
    precious.write_bytes(b"keep me")

    result = instance.script("restore.sh", backup, copy)

    assert result.status == 3
    assert precious.read_bytes() == b"keep me"
    assert copy not in instance.databases()


def test_restore_with_yes_replaces_database_and_files(instance):
    backup = instance.backup()
    newer = instance.attach("newer.pdf", b"newer")

    result = instance.script("restore.sh", "--yes", backup, instance.database)

    assert result.status == 0, result.output
    assert instance.notes(instance.database) == ["in the row", "offer Łódź.pdf"]
    assert not newer.exists()
    assert leftovers(instance) == []


def test_restore_refuses_while_odoo_is_connected(instance):
    backup = instance.backup()
    psql = [instance.server.bin_folder / "psql", "-Xq", "-d", instance.database]
    with subprocess.Popen(
        psql,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=instance.server.environment(),
    ) as session:
        session.stdin.write("\\echo connected\n")
        session.stdin.flush()
        assert session.stdout.readline() == "connected\n"

        result = instance.script("restore.sh", "--yes", backup, instance.database)

        session.stdin.close()
    assert result.status == 3
    assert "Stop Odoo first" in result.output


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("database.dump", lambda path: path.write_bytes(path.read_bytes()[:-20])),
        ("filestore.tar", lambda path: path.write_bytes(b"")),
        ("SHA256SUMS", lambda path: path.unlink()),
    ],
)
def test_damaged_backup_replaces_nothing(instance, name, damage):
    backup = instance.backup()
    damage(backup / name)
    instance.attach("newer.pdf", b"newer")

    result = instance.script("restore.sh", "--yes", backup, instance.database)

    assert result.status == 1
    assert "newer.pdf" in instance.notes(instance.database)
    assert leftovers(instance) == []


def test_backup_that_lost_files_replaces_nothing(instance):
    backup = instance.backup()
    subprocess.run(
        [
            "sh",
            "-c",
            "tar -cf filestore.tar -T /dev/null"
            " && rm SHA256SUMS && sha256sum * > sums && mv sums SHA256SUMS",
        ],
        cwd=backup,
        check=True,
    )

    result = instance.script("restore.sh", "--yes", backup, instance.database)

    assert result.status == 1
    assert "1 files" in result.output
    assert instance.notes(instance.database) == ["in the row", "offer Łódź.pdf"]
    assert leftovers(instance) == []


def test_failed_backup_leaves_nothing_that_looks_complete(instance):
    (instance.home / "bin").mkdir()
    broken = instance.home / "bin" / "pg_dump"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    path = f"{broken.parent}:{instance.server.bin_folder}:/usr/bin:/bin"

    result = instance.script("backup.sh", "--database", instance.database, PATH=path)

    assert result.status == 1
    assert list(instance.backups.iterdir()) == []


def test_keep_deletes_the_oldest_backups_of_this_database_only(instance):
    instance.backups.mkdir()
    for name in (
        f"{instance.database}_20260101T000000Z",
        f"{instance.database}_20260102T000000Z",
        f"{instance.database}_test_20260101T000000Z",
        f"{instance.database}_20260103T000000Z.partial",
    ):
        (instance.backups / name).mkdir()
        (instance.backups / name / "SHA256SUMS").touch()

    newest = instance.backup("--keep", "2")

    assert {folder.name for folder in instance.backups.iterdir()} == {
        newest.name,
        f"{instance.database}_20260102T000000Z",
        f"{instance.database}_test_20260101T000000Z",
        f"{instance.database}_20260103T000000Z.partial",
    }


def test_backup_is_readable_by_its_owner_only(instance):
    backup = instance.backup()

    assert [
        path.name for path in [backup, *backup.iterdir()] if path.stat().st_mode & 0o077
    ] == []


@pytest.mark.parametrize(
    ("script", "arguments", "message"),
    [
        ("backup.sh", ["--database", "no_such_database"], "there is no database"),
        ("backup.sh", ["--database", "x; drop"], "not a valid database name"),
        ("backup.sh", ["--database", "postgres"], "not an Odoo database"),
        ("backup.sh", ["--database"], "needs a value"),
        ("backup.sh", ["--keep", "none", "--database", "a"], "whole number"),
        ("restore.sh", ["only-one"], "name the backup folder and the database"),
        ("restore.sh", ["/no/such/folder", "a"], "there is no folder"),
        ("restore.sh", ["a", '"b'], "not a valid database name"),
        ("restore.sh", ["--force", "a", "b"], "unknown option"),
    ],
)
def test_wrong_call_gets_a_clear_message(instance, script, arguments, message):
    result = instance.script(script, *arguments)

    assert result.status in (1, 2)
    assert message in result.output


def leftovers(instance) -> list[str]:
    """Names of half-made databases and folders that a restore left behind."""
    hidden = (instance.data_dir / "filestore").glob(".*")
    extra = instance.databases() - {instance.database}
    return [*extra, *(path.name for path in hidden)]
