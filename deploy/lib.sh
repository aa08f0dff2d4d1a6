# Shared by the deployment scripts; sourced, never run.
# shellcheck shell=bash

say() {
    printf '%s: %s\n' "${0##*/}" "$*"
}

warn() {
    printf '%s: warning: %s\n' "${0##*/}" "$*" >&2
}

# die STATUS MESSAGE...: 1 it went wrong, 2 wrong call, 3 refused to protect data
die() {
    local status=$1
    shift
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit "$status"
}

# The rest of the scripts relies on names that need no quoting in SQL or paths, and that
# leave room in PostgreSQL's 63 characters for the suffixes of restore.sh.
check_database_name() {
    [[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9_.-]{0,49}$ ]] ||
        die 2 "\"$1\" is not a valid database name: use up to 50 letters, digits, _ . and -."
}

check_tools() {
    local tool
    for tool in "$@"; do
        command -v "$tool" >/dev/null ||
            die 1 "the program $tool is missing. Install PostgreSQL's client tools, GNU tar and coreutils."
    done
}

# sql DATABASE QUERY: the bare result, one row a line
sql() {
    psql --no-psqlrc --quiet --tuples-only --no-align \
        --set=ON_ERROR_STOP=1 --dbname="$1" --command="$2"
}

database_exists() {
    [[ $(sql postgres "SELECT 1 FROM pg_database WHERE datname = '$1'") == 1 ]]
}
