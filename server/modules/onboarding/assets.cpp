// Logos, style guides, photographs of a business.

#include "modules/onboarding/row.hpp"

namespace doorstep::onboarding {
namespace {

constexpr std::int64_t most_assets = 40;

const db::Query list_sql{"onboarding.assets", R"sql(
    select b.id, b.kind, f.name, f.media_type, f.size, '' as url
      from brand_assets b join files f on f.account_id = b.account_id and f.id = b.file_id
     where b.account_id = $1 and b.removed_at is null
     order by b.created_at, b.id
)sql"};

const db::Query lock_sql{"onboarding.lock_assets", R"sql(
    select true from accounts where id = $1 for no key update
)sql"};

const db::Query count_sql{"onboarding.count_assets", R"sql(
    select count(*) from brand_assets where account_id = $1 and removed_at is null
)sql"};

const db::Query insert_sql{"onboarding.insert_asset", R"sql(
    insert into brand_assets (account_id, id, file_id, kind, created_at) values ($1, $2, $3, $4, $5)
)sql"};

const db::Query file_sql{"onboarding.asset_file", R"sql(
    select file_id from brand_assets where account_id = $1 and id = $2 and removed_at is null
)sql"};

const db::Query remove_sql{"onboarding.remove_asset", R"sql(
    update brand_assets set removed_at = $3 where account_id = $1 and id = $2 and removed_at is null returning file_id
)sql"};

} // namespace

Task<std::vector<BrandAsset>> Onboarding::assets(Context& ctx, const std::string& assets_url) {
    auto items = co_await parts_.db.all<BrandAsset>(ctx, list_sql, ctx.account_id);
    for (auto& item : items) item.url = assets_url + "/" + item.id.text();
    co_return items;
}

Task<BrandAsset> Onboarding::add_asset(Context& ctx, http::Upload<AssetFields> upload, const std::string& assets_url) {
    auto kind = upload.fields.kind.value_or(AssetKind::other);
    auto file = co_await parts_.files.store(ctx, std::move(upload.file), files::documents);
    auto id = Id<BrandAsset>::make(ctx.now());
    auto body = [&](db::Session& tx) -> Task<> {
        co_await tx.one<bool>(lock_sql, ctx.account_id);
        auto count = co_await tx.one<std::int64_t>(count_sql, ctx.account_id);
        if (count >= most_assets) throw conflict("too_many", "There are 40 files already. Remove one first.");
        parts_.files.keep(tx, ctx, file.id);
        co_await tx.exec(insert_sql, ctx.account_id, id, file.id, kind, ctx.now());
        co_await note(tx, ctx, "brand_asset_added", {ctx.account_id}, file.name);
    };
    co_await parts_.db.transaction(ctx, body);
    co_return BrandAsset{id, kind, file.name, file.media_type, file.size, assets_url + "/" + id.text()};
}

Task<http::Response> Onboarding::asset(Context& ctx, Id<BrandAsset> id) {
    auto file = co_await parts_.db.maybe<Id<files::File>>(ctx, file_sql, ctx.account_id, id);
    if (!file) throw not_found("file");
    co_return co_await parts_.files.download(ctx, *file);
}

Task<> Onboarding::remove_asset(Context& ctx, Id<BrandAsset> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto file = co_await tx.maybe<Id<files::File>>(remove_sql, ctx.account_id, id, ctx.now());
        if (!file) throw not_found("file");
        parts_.files.discard(tx, ctx, *file);
        co_await note(tx, ctx, "brand_asset_removed", {ctx.account_id}, "");
    };
    co_await parts_.db.transaction(ctx, body);
}

} // namespace doorstep::onboarding
