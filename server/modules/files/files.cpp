#include "modules/files/files.hpp"

#include <algorithm>

#include "core/crypto.hpp"
#include "core/log.hpp"

namespace doorstep::files {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t megabyte = 1 << 20;

constexpr std::string_view document_types[] = {
    "application/pdf",
    "application/rtf",
    "text/rtf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/zip",
    "application/csv",
    "text/csv",
    "text/plain",
    "text/calendar",
    "text/vcard",
    "message/rfc822",
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/heic",
    "image/tiff",
};
constexpr std::string_view table_types[] = {"text/csv", "application/csv", "text/plain"};
constexpr std::string_view picture_types[] = {"image/png", "image/jpeg", "image/gif", "image/webp"};

#define FILE_COLUMNS " id, name, media_type, size, sha256, created_at "

const db::Query insert_sql{"files.insert", R"sql(
    insert into files (account_id, id, name, media_type, size, sha256, state, created_at)
    values ($1, $2, $3, $4, $5, $6, 'loose', $7)
    returning )sql" FILE_COLUMNS};

const db::Query keep_sql{
    "files.keep", "update files set state = 'kept', gone_at = null where account_id = $1 and id = $2 and state <> 'doomed'"
};

const db::Query discard_sql{
    "files.discard", "update files set state = 'discarded', gone_at = $3 where account_id = $1 and id = $2 and state = 'kept'"
};

const db::Query destroy_sql{
    "files.destroy", "update files set state = 'doomed', gone_at = $3 where account_id = $1 and id = any ($2)"
};

const db::Query find_sql{"files.find", "select" FILE_COLUMNS "from files where account_id = $1 and id = $2 and state = 'kept'"};

const db::Query doomed_sql{"files.doomed", R"sql(
    select account_id, id from files
    where (state = 'loose' and created_at < $1) or (state = 'discarded' and gone_at < $2) or state = 'doomed'
    order by account_id, id limit 500
)sql"};

const db::Query delete_sql{"files.delete", "delete from files where account_id = $1 and id = $2 and (state <> 'kept')"};

struct Doomed {
    Uuid account_id;
    Id<File> id;
    BOOST_DESCRIBE_CLASS(Doomed, (), (account_id, id), (), ())
};

/// The last digits of an id of version 7 are random: they spread files over folders.
std::string key_of(Uuid account, Id<File> id) {
    auto text = id.text();
    return account.text() + "/" + text.substr(text.size() - 2) + "/" + text;
}

Error wrong_type(std::string_view found) {
    Error error(415, "file_type", "This kind of file can't be kept here: " + std::string(found) + ".");
    error.fields.push_back({"file", "file_type", "is of a kind that can't be kept here"});
    return error;
}

} // namespace

std::string attached_as(const std::string& name) {
    std::string plain;
    for (char c : name) plain += c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '%' ? c : '_';
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + http::percent_encode(name);
}

const Accept documents{20 * megabyte, document_types};
const Accept pictures{5 * megabyte, picture_types};
const Accept tables{64 * megabyte, table_types};

Task<File> Files::store(Context& ctx, http::UploadedFile upload, Accept accept) {
    if (upload.bytes.size() > accept.max_bytes) {
        auto most = std::to_string(accept.max_bytes / megabyte);
        throw Error(413, "file_too_large", "The file is larger than " + most + " MB.");
    }
    auto look = [bytes = upload.bytes] { return std::pair(sniff(bytes), sha256_hex(bytes)); };
    auto [media_type, hash] = co_await blocking_.run(look);
    if (std::ranges::find(accept.media_types, media_type) == accept.media_types.end()) throw wrong_type(media_type);

    auto now = ctx.now();
    auto id = Id<File>::make(now);
    auto name = safe_name(upload.name);
    // On its own, outside of any transaction of the caller: whatever becomes of that, the sweep knows what was stored.
    auto alone = ctx;
    alone.outer = nullptr;
    auto size = std::int64_t(upload.bytes.size());
    auto file = co_await db_.one<File>(alone, insert_sql, ctx.account_id, id, name, media_type, size, hash, now);
    co_await storage_.put(key_of(ctx.account_id, id), upload.bytes);
    co_return file;
}

void Files::keep(db::Session& tx, const Context& ctx, Id<File> id) {
    tx.queue(keep_sql, ctx.account_id, id);
}

void Files::discard(db::Session& tx, const Context& ctx, Id<File> id) {
    tx.queue(discard_sql, ctx.account_id, id, ctx.now());
}

void Files::destroy(db::Session& tx, const Context& ctx, const std::vector<Id<File>>& ids) {
    tx.queue(destroy_sql, ctx.account_id, ids, ctx.now());
}

Task<File> Files::require(Context& ctx, Id<File> id) {
    auto file = co_await db_.maybe<File>(ctx, find_sql, ctx.account_id, id);
    if (!file) throw not_found("file");
    co_return std::move(*file);
}

Task<std::string> Files::bytes(Context& ctx, Id<File> id) {
    auto bytes = co_await storage_.get(key_of(ctx.account_id, id));
    if (!bytes)
        throw Error(503, "file_missing", "The file's contents can't be reached. An operator has to look at the storage.");
    co_return std::move(*bytes);
}

Task<http::Response> Files::download(Context& ctx, Id<File> id) {
    auto file = co_await require(ctx, id);
    http::Response response;
    response.body = co_await bytes(ctx, id);
    response.headers.add("Content-Type", file.media_type);
    response.headers.add("Content-Disposition", attached_as(file.name));
    response.headers.add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
    response.headers.add("Cache-Control", "private, no-store");
    co_return response;
}

Task<> Files::sweep(Context& ctx) {
    auto now = ctx.now();
    auto doomed = co_await db_.all<Doomed>(ctx, doomed_sql, now - 24h, now - 30 * 24h);
    for (auto& file : doomed) {
        co_await storage_.remove(key_of(file.account_id, file.id));
        auto own = ctx;
        own.all_accounts = false;
        own.account_id = file.account_id;
        co_await db_.exec(own, delete_sql, file.account_id, file.id);
    }
    if (!doomed.empty()) log::info("files removed", {{"count", doomed.size()}});
}

} // namespace doorstep::files
