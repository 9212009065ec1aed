#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/blocking.hpp"
#include "core/described.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "http/multipart.hpp"

namespace doorstep::files {

/// A file that somebody sent. What it contains is found out, not believed; where it lies has nothing to do with its name.
struct File {
    Id<File> id;
    std::string name;
    std::string media_type;
    std::int64_t size = 0;
    std::string sha256;
    Time created_at;
    BOOST_DESCRIBE_CLASS(File, (), (id, name, media_type, size, sha256, created_at), (), ())
};

/// What a purpose takes.
struct Accept {
    std::size_t max_bytes;
    std::span<const std::string_view> media_types;
};
/// Papers and pictures; nothing that a browser would run.
extern const Accept documents;
extern const Accept pictures;
/// Tables as text.
extern const Accept tables;

/// Where bytes lie, by a key of safe characters.
class Storage {
public:
    virtual ~Storage() = default;
    /// Whole or not at all, and there to stay when it returns.
    virtual Task<> put(std::string key, std::string_view bytes) = 0;
    virtual Task<std::optional<std::string>> get(std::string key) = 0;
    /// Nothing to remove is fine.
    virtual Task<> remove(std::string key) = 0;
};

class FolderStorage final : public Storage {
public:
    FolderStorage(std::filesystem::path folder, Blocking& blocking) : folder_(std::move(folder)), blocking_(blocking) {}
    Task<> put(std::string key, std::string_view bytes) override;
    Task<std::optional<std::string>> get(std::string key) override;
    Task<> remove(std::string key) override;

private:
    std::filesystem::path folder_;
    Blocking& blocking_;
};

/// Files of an account. A file is stored first, then kept in the transaction that says what it is for; what nobody keeps within a
/// day goes. Who may have a file is for its owner (a document, a brand) to say.
class Files {
public:
    Files(db::Database& db, Storage& storage, Blocking& blocking) : db_(db), storage_(storage), blocking_(blocking) {}

    /// Error 413 where it is too large, 415 `file_type` where it is none of what is accepted.
    Task<File> store(Context& ctx, http::UploadedFile upload, Accept accept);
    void keep(db::Session& tx, const Context& ctx, Id<File> id);
    /// Not shown any more; gone for good after 30 days unless kept again.
    void discard(db::Session& tx, const Context& ctx, Id<File> id);
    /// Gone for good with the next sweep.
    void destroy(db::Session& tx, const Context& ctx, const std::vector<Id<File>>& ids);

    /// Error 404 unless it is kept.
    Task<File> require(Context& ctx, Id<File> id);
    Task<std::string> bytes(Context& ctx, Id<File> id);
    /// An answer that a browser saves and never runs.
    Task<http::Response> download(Context& ctx, Id<File> id);

    /// Removes what is to go, of all accounts. A schedule.
    Task<> sweep(Context& ctx);

private:
    db::Database& db_;
    Storage& storage_;
    Blocking& blocking_;
};

/// The media type of what the bytes are, by libmagic. CPU-heavy: call through the blocking pool.
std::string sniff(std::string_view bytes);
/// The last part of a path in any system's writing, on one line, never empty.
std::string safe_name(std::string_view name);
/// A Content-Disposition by which a browser saves an answer under a name, whatever that is.
std::string attached_as(const std::string& name);

} // namespace doorstep::files
