#!/usr/bin/env bash
# Back up one Odoo database together with its filestore, while Odoo is running.
set -Eeuo pipefail
umask 077 # a backup holds personal data
# shellcheck source=deploy/lib.sh
source "$(dirname "$(readlink -f "$0")")/lib.sh"

usage() {
    cat <<'TEXT'
Usage: backup.sh [--database NAME] [--data-dir DIR] [--output DIR] [--keep N]

Writes DIR/NAME_<UTC time>/ with database.dump (pg_dump's custom format),
filestore.tar, manifest.txt and SHA256SUMS. A folder with SHA256SUMS is complete.

  --database NAME  default: $DB_NAME, else $PGDATABASE
  --data-dir DIR   Odoo's data_dir; default: $ODOO_DATA_DIR, else /var/lib/odoo
  --output DIR     default: $BACKUP_DIR, else /backups
  --keep N         afterwards keep only the newest N backups of this database

The server is the one that PGHOST, PGPORT, PGUSER and PGPASSWORD name.
TEXT
}

database=${DB_NAME:-${PGDATABASE:-}}
data_dir=${ODOO_DATA_DIR:-/var/lib/odoo}
output=${BACKUP_DIR:-/backups}
keep=

while (($#)); do
    case $1 in
        -h | --help)
            usage
            exit 0
            ;;
        --database | --data-dir | --output | --keep)
            (($# > 1)) || die 2 "$1 needs a value."
            case $1 in
                --database) database=$2 ;;
                --data-dir) data_dir=$2 ;;
                --output) output=$2 ;;
                --keep) keep=$2 ;;
            esac
            shift 2
            ;;
        *) die 2 "unknown argument \"$1\". See --help." ;;
    esac
done

[[ -n $database ]] || die 2 "name the database: --database NAME."
check_database_name "$database"
[[ -z $keep || $keep =~ ^[1-9][0-9]*$ ]] || die 2 "--keep needs a whole number above zero."
check_tools psql pg_dump pg_restore tar sha256sum awk comm
database_exists "$database" || die 1 "there is no database \"$database\" on this server."
[[ $(sql "$database" "SELECT to_regclass('ir_attachment') IS NOT NULL") == t ]] ||
    die 1 "\"$database\" is not an Odoo database."
mkdir -p "$output" || die 1 "cannot write to $output."
[[ -w $output ]] || die 1 "cannot write to $output as $(id -un)."

final="$output/${database}_$(date -u +%Y%m%dT%H%M%SZ)"
work="$final.partial"
mkdir "$work" || die 1 "another backup is being written to $work."
trap 'rm -rf "$work"' EXIT

# Odoo writes a file before it commits the row that names it, and deletes files only in a
# clean-up that takes a SHARE lock on ir_attachment. Holding a ROW EXCLUSIVE lock keeps that
# clean-up away and nobody else. So every file that the dump names is there when tar runs.
hold_back_file_cleanup() {
    local answer=
    coproc LOCK { psql --no-psqlrc --quiet --tuples-only --no-align \
        --set=ON_ERROR_STOP=1 --dbname="$database" 2>"$work/lock.log"; }
    # shellcheck disable=SC2153 # set by coproc
    lock_pid=$LOCK_PID
    lock_out=${LOCK[0]}
    lock_in=${LOCK[1]}
    printf '%s\n' \
        "SET idle_in_transaction_session_timeout = 0;" \
        "SET lock_timeout = '60s';" \
        "BEGIN;" \
        "LOCK TABLE ir_attachment IN ROW EXCLUSIVE MODE;" \
        "SELECT 'locked';" >&"$lock_in"
    read -r -t 90 -u "$lock_out" answer || true
    [[ $answer == locked ]] ||
        die 1 "could not hold back the clean-up of files: $(<"$work/lock.log") Try again in a minute."
}

release_file_cleanup() {
    local answer=
    printf '%s\n' "COMMIT;" "SELECT 'released';" "\\q" >&"$lock_in" || true
    read -r -t 30 -u "$lock_out" answer || true
    wait "$lock_pid" || true
    [[ $answer == released ]] ||
        die 1 "the connection to the database broke during the backup, so files may be missing. Start again."
    rm -f "$work/lock.log"
}

pack_filestore() {
    local source="$data_dir/filestore" status=0
    if [[ ! -d $source/$database ]]; then
        warn "there is no filestore in $source/$database; only the database is backed up."
        tar --create --file="$work/filestore.tar" --files-from=/dev/null
        return
    fi
    # status 1: a file changed or went while it was read; the dump names no such file
    tar --create --file="$work/filestore.tar" --directory="$source/$database" \
        --warning=no-file-changed --warning=no-file-removed . || status=$?
    ((status <= 1)) || die 1 "packing the filestore failed."
}

# Names of the files that the rows in the dump point to
referenced_files() {
    pg_restore --data-only --table=ir_attachment --file=- "$work/database.dump" |
        awk -F '\t' '
            /^COPY .*ir_attachment / {
                list = $0; sub(/^[^(]*\(/, "", list); sub(/\).*$/, "", list)
                count = split(list, names, /, */)
                for (i = 1; i <= count; i++) if (names[i] == "store_fname") column = i
                rows = 1; next
            }
            $0 == "\\." { rows = 0 }
            rows && $column != "\\N" { print $column }
        ' | sort -u
}

packed_files() {
    tar --list --file="$work/filestore.tar" | sed -e 's|^\./||' -e '/\/$/d' -e '/^$/d' | sort -u
}

write_manifest() {
    local missing
    comm -23 <(referenced_files) <(packed_files) >"$work/missing_files.txt"
    missing=$(wc -l <"$work/missing_files.txt")
    {
        echo "format=1"
        echo "database=$database"
        echo "created_at=$(date -u +%Y-%m-%dT%H:%M:%SZ)"
        echo "server_version=$(sql "$database" "SHOW server_version")"
        echo "pg_dump_version=$(pg_dump --version)"
        sql "$database" "SELECT 'module_' || name || '=' || latest_version FROM ir_module_module
            WHERE name IN ('base', 'contact_history', 'offer_repository')
              AND state = 'installed' ORDER BY name"
        echo "missing_files=$missing"
    } >"$work/manifest.txt"
    if ((missing)); then
        warn "$missing files that the database names are not in the filestore; see missing_files.txt in the backup."
    else
        rm "$work/missing_files.txt"
    fi
}

delete_old_backups() {
    local stamp='[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]Z'
    local found=() folder
    for folder in "$output/${database}_"$stamp; do
        [[ -f $folder/SHA256SUMS ]] && found+=("$folder")
    done
    while ((${#found[@]} > keep)); do
        rm -rf "${found[0]}"
        say "deleted the old backup ${found[0]}"
        found=("${found[@]:1}")
    done
}

hold_back_file_cleanup
say "dumping database \"$database\""
pg_dump --format=custom --no-owner --no-privileges \
    --file="$work/database.dump" --dbname="$database" || die 1 "pg_dump failed."
say "packing the filestore"
pack_filestore
release_file_cleanup
write_manifest
(cd "$work" && sha256sum -- * >../"${work##*/}.sums" && mv ../"${work##*/}.sums" SHA256SUMS)
mv "$work" "$final"
trap - EXIT
[[ -z $keep ]] || delete_old_backups
say "backup complete: $final ($(du -sh "$final" | cut -f1))"
