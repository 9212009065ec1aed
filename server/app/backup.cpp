#include "app/backup.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "app/backup_tools.hpp"
#include "core/crypto.hpp"
#include "core/time.hpp"
#include "db/migrate.hpp"
#include "db/migrate_role.hpp"

namespace doorstep::app {

namespace fs = std::filesystem;

namespace {

std::string key_mark(const std::string& master_key) {
    return sha256_hex("doorstep backup " + master_key).substr(0, 16);
}

void require_all_rows(db::BlockingConnection& store) {
    if (store.flag("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")) return;
    throw std::runtime_error(fmt::format(
        "the database user {0} can't read the rows of all accounts; run this as an administrator, then try again: alter role "
        "{0} bypassrls",
        store.identifier(store.value("select current_user"))
    ));
}

std::int64_t schema_version(db::BlockingConnection& store) {
    if (!store.flag("select to_regclass('app.migrations') is not null")) return 0;
    return std::stoll(store.value("select coalesce(max(version), 0) from app.migrations"));
}

void write_file(const fs::path& path, const std::string& text) {
    std::ofstream out(path, std::ios::binary);
    out << text;
    out.close();
    if (!out) throw std::runtime_error(fmt::format("{} can't be written; is the disk full?", path.string()));
}

/// Empty: it can't be read.
std::string digest_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return {};
    auto digest = sha256_hex(in);
    return in.bad() ? std::string() : digest;
}

/// The files as they are at one moment: they are written once under their final name, and may go meanwhile.
void hold_files(const fs::path& from, const fs::path& to) {
    for (const auto& entry : fs::recursive_directory_iterator(from)) {
        if (!entry.is_regular_file() || entry.path().extension() == ".new") continue;
        auto held = to / fs::relative(entry.path(), from);
        fs::create_directories(held.parent_path());
        std::error_code problem;
        fs::create_hard_link(entry.path(), held, problem);
        if (problem) fs::copy_file(entry.path(), held, problem); // on another disk
        if (problem && fs::exists(entry.path()))
            throw std::runtime_error(fmt::format("{} can't be backed up: {}", entry.path().string(), problem.message()));
    }
}

std::map<std::string, std::string> digests_of(const fs::path& folder) {
    std::map<std::string, std::string> digests;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) digests[fs::relative(entry.path(), folder).generic_string()] = digest_of(entry.path());
    }
    return digests;
}

void require_whole(const Manifest& manifest, const fs::path& folder) {
    if (!manifest.files) return;
    for (const auto& [name, digest] : *manifest.files) {
        if (digest_of(folder / name) != digest)
            throw std::runtime_error(fmt::format("the backup is damaged: {} is not what was backed up", name));
    }
}

/// Takes a backup apart; the folder is the caller's.
Manifest unpack(const fs::path& file, const fs::path& folder) {
    if (!fs::exists(file)) throw std::runtime_error(fmt::format("there is no file {}", file.string()));
    run_tool("tar", {"--extract", "--no-same-owner", "--file", fs::absolute(file).string(), "--directory", folder.string()});
    std::ifstream in(folder / "manifest.json", std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (text.empty() || !fs::exists(folder / "store.dump")) {
        throw std::runtime_error(fmt::format("{} is not a backup of Doorstep", file.string()));
    }
    auto manifest = from_json<Manifest>(text, Reader::Unknown::ignore);
    require_whole(manifest, folder);
    return manifest;
}

void compare(const Digests& backed_up, const Digests& restored) {
    std::string differences;
    for (const auto& [table, digest] : backed_up) {
        auto found = restored.find(table);
        if (found == restored.end()) {
            differences += fmt::format(" {} is missing;", table);
        } else if (found->second != digest) {
            differences +=
                fmt::format(" {} has {} rows instead of {} or other contents;", table, found->second.rows, digest.rows);
        }
    }
    if (!differences.empty()) throw std::runtime_error("what was restored is not what was backed up:" + differences);
}

void load(const std::string& conninfo, const fs::path& dump, const Manifest& manifest) {
    {
        db::BlockingConnection store(conninfo);
        db::ensure_app_role(store);
    }
    run_postgres_tool("pg_restore", conninfo, {"--no-owner", "--single-transaction", "--exit-on-error", dump.string()});
    db::BlockingConnection store(conninfo);
    settle_formats(store);
    compare(manifest.tables, digest_tables(store));
}

void require_readable(const Manifest& manifest) {
    auto ours = db::all_migrations().back().version;
    if (manifest.schema > ours) {
        throw std::runtime_error(fmt::format(
            "the backup is of version {} with schema {}, newer than this program's {}; restore it with that version",
            manifest.version, manifest.schema, ours
        ));
    }
}

/// A database that is gone with the object.
class ScratchDatabase {
public:
    explicit ScratchDatabase(const std::string& conninfo)
        : server_(conninfo), name_("doorstep_verify_" + sha256_hex(random_token()).substr(0, 8)) {
        server_.exec("create database " + name_ + " template template0");
    }
    ~ScratchDatabase() {
        try {
            server_.exec("drop database if exists " + name_ + " with (force)");
        } catch (const std::exception&) {
            // The server is gone, or drops it no more: its name says what it was.
        }
    }
    const std::string& name() const { return name_; }

private:
    db::BlockingConnection server_;
    std::string name_;
};

} // namespace

Manifest back_up(const BackupPlace& place, const fs::path& file) {
    db::BlockingConnection store(place.conninfo);
    require_all_rows(store);
    settle_formats(store);
    // Dump and digests see the same moment.
    store.exec("begin isolation level repeatable read read only");
    auto snapshot = store.value("select pg_export_snapshot()");
    Manifest manifest;
    manifest.version = DOORSTEP_VERSION;
    manifest.schema = schema_version(store);
    manifest.made_at = format_rfc3339(Clock().now());
    manifest.master_key_mark = key_mark(place.master_key);
    if (manifest.schema == 0) throw std::runtime_error("there is nothing to back up: the store is empty");

    WorkFolder folder(file);
    run_postgres_tool(
        "pg_dump", place.conninfo,
        {"--format=custom", "--no-owner", "--snapshot=" + snapshot, "--file=" + (folder.path() / "store.dump").string()}
    );
    manifest.tables = digest_tables(store);
    if (fs::exists(place.files)) hold_files(place.files, folder.path() / place.files.filename());
    manifest.files = digests_of(folder.path());
    write_file(folder.path() / "manifest.json", to_json(manifest));

    auto whole = folder.path() / "whole.tar";
    std::vector<std::string> arguments{"--create", "--file", whole.string(), "--directory", folder.path().string()};
    for (const auto& name : {fs::path("manifest.json"), fs::path("store.dump"), place.files.filename()}) {
        if (fs::exists(folder.path() / name)) arguments.push_back(name.string());
    }
    run_tool("tar", arguments);
    ::chmod(whole.c_str(), 0600);
    std::error_code problem;
    fs::rename(whole, file, problem);
    if (problem) throw std::runtime_error(fmt::format("{} can't be written: {}", file.string(), problem.message()));
    return manifest;
}

Manifest read_manifest(const fs::path& file) {
    WorkFolder folder(fs::temp_directory_path() / "doorstep-manifest");
    return unpack(file, folder.path());
}

bool has_accounts(const std::string& conninfo) {
    db::BlockingConnection store(conninfo);
    if (!store.flag("select to_regclass('accounts') is not null")) return false;
    require_all_rows(store);
    return store.flag("select exists (select from accounts)");
}

void restore(const BackupPlace& place, const fs::path& file) {
    WorkFolder folder(fs::temp_directory_path() / "doorstep-restore");
    auto manifest = unpack(file, folder.path());
    require_readable(manifest);
    if (has_accounts(place.conninfo)) {
        throw std::runtime_error("the store has accounts; restore into an empty one, for example with --data of a new folder");
    }
    auto quiet = [](std::string_view) {};
    {
        db::BlockingConnection store(place.conninfo);
        if (schema_version(store) > 0) db::migrate_down(place.conninfo, 0, quiet);
        store.exec("drop schema if exists app cascade; drop schema if exists sandbox cascade");
    }
    load(place.conninfo, folder.path() / "store.dump", manifest);
    db::migrate_up(place.conninfo, quiet);
    auto files = folder.path() / place.files.filename();
    if (!fs::exists(files)) return;
    fs::create_directories(place.files);
    fs::copy(files, place.files, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
}

void verify_backup(const BackupPlace& place, const fs::path& file) {
    WorkFolder folder(fs::temp_directory_path() / "doorstep-verify");
    auto manifest = unpack(file, folder.path());
    require_readable(manifest);
    ScratchDatabase scratch(place.conninfo);
    load(with_database(place.conninfo, scratch.name()), folder.path() / "store.dump", manifest);
}

bool same_master_key(const Manifest& manifest, const std::string& master_key) {
    return manifest.master_key_mark == key_mark(master_key);
}

} // namespace doorstep::app
