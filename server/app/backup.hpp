#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "core/described.hpp"

namespace doorstep::app {

/// What a table held: rows, and a sum over the hash of each, which no order changes.
struct TableDigest {
    std::int64_t rows = 0;
    std::string hash;
    BOOST_DESCRIBE_CLASS(TableDigest, (), (rows, hash), (), ())
    bool operator==(const TableDigest&) const = default;
};

using Digests = std::map<std::string, TableDigest>;

/// What a backup says of itself.
struct Manifest {
    std::string version; ///< of the program that made it
    std::int64_t schema = 0;
    std::string made_at;
    std::string master_key_mark; ///< tells keys apart; the key itself is not in a backup
    Digests tables;
    /// SHA-256 in hex of each file beside this one, by its path; null in those of the first versions.
    std::optional<std::map<std::string, std::string>> files;
    BOOST_DESCRIBE_CLASS(Manifest, (), (version, schema, made_at, master_key_mark, tables, files), (), ())
};

struct BackupPlace {
    std::string conninfo;        ///< of an owner that row-level security does not hold back
    std::filesystem::path files; ///< folder with files of the product; need not exist
    std::string master_key;
};

/// Writes the whole store, as it is at one moment, to a file that only its owner may read. Throws std::runtime_error with one
/// line of advice.
Manifest back_up(const BackupPlace& place, const std::filesystem::path& file);

Manifest read_manifest(const std::filesystem::path& file);

/// Fills a store that has no accounts with a backup. Throws if what is then in it is not what was backed up.
void restore(const BackupPlace& place, const std::filesystem::path& file);
/// Restores into a scratch database beside the store and compares each table; leaves the store as it is.
void verify_backup(const BackupPlace& place, const std::filesystem::path& file);
/// Whether what is sealed in a backup can be opened with this key.
bool same_master_key(const Manifest& manifest, const std::string& master_key);
bool has_accounts(const std::string& conninfo);

} // namespace doorstep::app
