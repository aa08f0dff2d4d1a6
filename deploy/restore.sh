#!/usr/bin/env bash
# Restore a backup made by backup.sh: database and filestore, both or neither.
set -Eeuo pipefail
umask 077
# shellcheck source=deploy/lib.sh
source "$(dirname "$(readlink -f "$0")")/lib.sh"

usage() {
    cat <<'TEXT'
Usage: restore.sh [--yes] [--data-dir DIR] BACKUP_FOLDER DATABASE

Checks the backup, restores it beside what is there, checks the result and only then
puts it in place. Stop Odoo first.

  --yes           replace DATABASE and its filestore if they exist
  --data-dir DIR  Odoo's data_dir; default: $ODOO_DATA_DIR, else /var/lib/odoo

The server is the one that PGHOST, PGPORT, PGUSER and PGPASSWORD name; the user needs
the right to create databases.

Exit status: 0 restored, 1 failed (nothing replaced), 2 wrong call, 3 refused.
TEXT
}

data_dir=${ODOO_DATA_DIR:-/var/lib/odoo}
replace=no
arguments=()

while (($#)); do
    case $1 in
        -h | --help)
            usage
            exit 0
            ;;
        --yes) replace=yes ;;
        --data-dir)
            (($# > 1)) || die 2 "--data-dir needs a value."
            data_dir=$2
            shift
            ;;
        -*) die 2 "unknown option \"$1\". See --help." ;;
        *) arguments+=("$1") ;;
    esac
    shift
done

((${#arguments[@]} == 2)) || die 2 "name the backup folder and the database. See --help."
backup=${arguments[0]%/}
database=${arguments[1]}
check_database_name "$database"
check_tools psql createdb dropdb pg_restore tar sha256sum

store="$data_dir/filestore"
new_database="${database}__new_$$"
old_database="${database}__old_$$"
new_files="$store/.$database.new_$$"
old_files="$store/.$database.old_$$"

check_backup() {
    [[ -d $backup ]] || die 1 "there is no folder $backup."
    [[ -f $backup/SHA256SUMS ]] || die 1 "$backup is not a complete backup: SHA256SUMS is missing."
    (cd "$backup" && sha256sum --check --quiet --strict SHA256SUMS) ||
        die 1 "$backup is damaged: its checksums do not match."
    grep -qx "format=1" "$backup/manifest.txt" ||
        die 1 "$backup was made by another version of backup.sh."
}

check_target() {
    if database_exists "$database"; then
        [[ $replace == yes ]] ||
            die 3 "database \"$database\" exists. Give another name, or --yes to replace it and its filestore."
        local sessions
        sessions=$(sql postgres "SELECT count(*) FROM pg_stat_activity WHERE datname = '$database'")
        ((sessions == 0)) ||
            die 3 "database \"$database\" is in use by $sessions connections. Stop Odoo first."
    elif [[ -e $store/$database && $replace != yes ]]; then
        die 3 "the filestore $store/$database exists. Give another name, or --yes to replace it."
    fi
    mkdir -p "$store" || die 1 "cannot write to $store."
    [[ -w $store ]] || die 1 "cannot write to $store as $(id -un)."
}

clean_up() {
    PGOPTIONS=--client-min-messages=warning dropdb --if-exists "$new_database" ||
        warn "could not drop the unfinished database \"$new_database\"."
    rm -rf "$new_files"
}

restore_aside() {
    say "restoring the database"
    # the same settings as Odoo's own new databases
    createdb --template=template0 --encoding=UTF8 --lc-collate=C "$new_database" ||
        die 1 "could not create a database."
    pg_restore --no-owner --no-privileges --no-comments --exit-on-error --jobs=2 \
        --dbname="$new_database" "$backup/database.dump" ||
        die 1 "pg_restore failed."
    say "restoring the filestore"
    mkdir "$new_files"
    tar --extract --file="$backup/filestore.tar" --directory="$new_files" \
        --no-same-owner --no-same-permissions || die 1 "unpacking the filestore failed."
    # readable by the group as Odoo makes them, for set-ups with a separate backup user
    chmod -R u=rwX,g=rX,o= "$new_files"
}

check_result() {
    local name missing=0 expected
    while IFS= read -r name; do
        [[ -z $name || -f $new_files/$name ]] || missing=$((missing + 1))
    done < <(sql "$new_database" \
        "SELECT DISTINCT store_fname FROM ir_attachment WHERE store_fname IS NOT NULL")
    expected=$(sed -n 's/^missing_files=//p' "$backup/manifest.txt")
    ((missing <= expected)) ||
        die 1 "$missing files that the database names are not in the backup, $expected were expected."
}

# Both renames in one transaction: afterwards the name belongs to one whole database.
swap_databases() {
    local rename="ALTER DATABASE \"$new_database\" RENAME TO \"$database\""
    if database_exists "$database"; then
        rename="ALTER DATABASE \"$database\" RENAME TO \"$old_database\"; $rename"
    fi
    sql postgres "$rename"
}

put_in_place() {
    if [[ -e $store/$database ]]; then
        mv "$store/$database" "$old_files"
    fi
    mv "$new_files" "$store/$database"
    swap_databases && return
    mv "$store/$database" "$new_files"
    if [[ -e $old_files ]]; then
        mv "$old_files" "$store/$database"
    fi
    die 1 "\"$database\" could not be replaced, and is as it was. Is Odoo running?"
}

check_backup
check_target
trap clean_up EXIT
restore_aside
check_result
put_in_place
trap - EXIT
PGOPTIONS=--client-min-messages=warning dropdb --if-exists "$old_database"
rm -rf "$old_files"
say "restored \"$database\" from $backup"
say "If this is a copy for tests, neutralise it before Odoo starts: odoo neutralize -d $database"
