#include "modules/contacts/board.hpp"

#include <fmt/format.h>

#include "core/paging.hpp"
#include "modules/contacts/client_sql.hpp"

namespace doorstep::contacts {

namespace {

constexpr std::string_view digits = "0123456789abcdef";

int digit_at(std::string_view rank, std::size_t index) {
    if (index >= rank.size()) return 0;
    auto value = digits.find(rank[index]);
    return value == digits.npos ? 0 : int(value);
}

const db::Query first_place_sql{"board.first_place", R"sql(
    select min(board_rank) from contacts where account_id = $1 and stage = $2 and deleted_at is null and id <> $3
)sql"};

const db::Query last_place_sql{"board.last_place", R"sql(
    select max(board_rank) from contacts where account_id = $1 and stage = $2 and deleted_at is null and id <> $3
)sql"};

const db::Query place_before_sql{"board.place_before", R"sql(
    select b.board_rank as high, coalesce((
        select p.board_rank from contacts p
        where p.account_id = $1 and p.stage = $2 and p.deleted_at is null and p.id <> $3 and p.board_rank < b.board_rank
        order by p.board_rank desc limit 1
    ), '') as low
    from contacts b where b.account_id = $1 and b.id = $4 and b.stage = $2 and b.deleted_at is null and b.id <> $3
)sql"};

const db::Query place_sql{"board.place", R"sql(
    select a.board_rank as low, (
        select n.board_rank from contacts n
        where n.account_id = $1 and n.stage = $2 and n.deleted_at is null and n.id <> $3 and (n.board_rank, n.id) > (a.board_rank, a.id)
        order by n.board_rank, n.id limit 1
    ) as high
    from contacts a where a.account_id = $1 and a.id = $4 and a.stage = $2 and a.deleted_at is null and a.id <> $3
)sql"};

struct Neighbours {
    std::string low;
    std::optional<std::string> high;
    BOOST_DESCRIBE_CLASS(Neighbours, (), (low, high), (), ())
};

#define COLUMN(from)                                                                                                           \
    "select" CLIENT_COLUMNS ", board_rank from contacts where account_id = $1 and stage = $2 and deleted_at is null and " from \
    " order by board_rank, id limit $5"

const db::Query column_sql{"board.column", COLUMN("$3::text is null and $4::uuid is null")};
const db::Query column_later_sql{"board.column_later", COLUMN("(board_rank, id) > ($3, $4::uuid)")};

const db::Query counts_sql{"board.counts", R"sql(
    select stage, (
        select coalesce(sum(change), 0)::bigint
        from counter_parts where account_id = $1 and name = 'clients:' || stage and bucket = '-infinity'
    ) as count
    from unnest($2::text[]) stage
)sql"};

const db::Query history_sql{"board.history", R"sql(
    select id, from_stage as "from", to_stage as "to", at, actor_name as actor, reason
    from stage_changes where account_id = $1 and contact_id = $2 order by at desc, id desc limit 500
)sql"};

struct Ranked : Client {
    std::string board_rank;
    BOOST_DESCRIBE_CLASS(Ranked, (Client), (board_rank), (), ())
};

struct StageCount {
    Stage stage = Stage::lead;
    std::int64_t count = 0;
    BOOST_DESCRIBE_CLASS(StageCount, (), (stage, count), (), ())
};

} // namespace

std::string arrival_rank(Time at) {
    constexpr std::int64_t furthest = std::int64_t(1) << 53;
    return fmt::format("{:014x}8", furthest - at.time_since_epoch().count());
}

std::string rank_between(std::string_view low, std::optional<std::string_view> high) {
    if (high && *high <= low) high.reset();
    std::string rank;
    for (std::size_t i = 0;; ++i) {
        int from = digit_at(low, i);
        int to = high ? digit_at(*high, i) : 16;
        if (from == to) {
            rank += digits[std::size_t(from)];
            continue;
        }
        int middle = (from + to) / 2;
        if (middle > from) return rank + digits[std::size_t(middle)];
        // Neighbouring digits: whatever begins with the lower one stands before `high`.
        rank += digits[std::size_t(from)];
        high.reset();
    }
}

Task<std::string> Contacts::place(db::Session& tx, Context& ctx, Id<Client> id, Stage stage, const ClientPatch& patch) {
    auto beside = patch.after ? *patch.after : patch.before ? *patch.before : std::nullopt;
    bool last = patch.before && !beside;
    if (last) {
        auto low = co_await tx.one<std::optional<std::string>>(last_place_sql, ctx.account_id, stage, id);
        co_return low ? rank_between(*low, std::nullopt) : arrival_rank(ctx.now());
    }
    if (!beside) {
        auto first = co_await tx.one<std::optional<std::string>>(first_place_sql, ctx.account_id, stage, id);
        auto rank = arrival_rank(ctx.now());
        co_return !first || rank < *first ? rank : rank_between("", *first);
    }
    auto& sql = patch.after ? place_sql : place_before_sql;
    auto neighbours = co_await tx.maybe<Neighbours>(sql, ctx.account_id, stage, id, *beside);
    if (!neighbours) throw invalid(patch.after ? "after" : "before", "invalid", "is no other client of that stage");
    co_return rank_between(neighbours->low, neighbours->high);
}

Task<BoardColumn> Contacts::column(Context& ctx, Stage stage, const ColumnFilter& filter) {
    std::int64_t limit = filter.limit ? filter.limit->value : 20;
    std::optional<std::string> rank;
    std::optional<std::string> id;
    if (filter.cursor) {
        auto keys = decode_cursor(filter.cursor->value, 2);
        if (!Uuid::parse(keys[1]) || keys[0].find_first_not_of(digits) != std::string::npos)
            throw invalid("cursor", "invalid", "is not a cursor of this list");
        rank = keys[0];
        id = keys[1];
    }
    auto& sql = filter.cursor ? column_later_sql : column_sql;
    auto ranked = co_await db_.all<Ranked>(ctx, sql, ctx.account_id, stage, rank, id, limit + 1);
    BoardColumn column;
    column.stage = stage;
    column.next = cut_page(ranked, limit, [](const Ranked& last) { return std::vector{last.board_rank, last.id.text()}; });
    column.items.assign(std::make_move_iterator(ranked.begin()), std::make_move_iterator(ranked.end()));
    auto counts = co_await db_.all<StageCount>(ctx, counts_sql, ctx.account_id, std::vector{stage});
    column.count = counts.front().count;
    co_return column;
}

Task<Board> Contacts::board(Context& ctx, const ColumnFilter& filter) {
    Board board;
    for (auto stage : {Stage::lead, Stage::negotiating, Stage::under_contract, Stage::closed, Stage::lost}) {
        board.stages.push_back(co_await column(ctx, stage, filter));
    }
    co_return board;
}

Task<StageHistory> Contacts::stage_history(Context& ctx, Id<Client> id) {
    co_await require(ctx, id);
    StageHistory history;
    history.items = co_await db_.all<StageChange>(ctx, history_sql, ctx.account_id, id);
    co_return history;
}

} // namespace doorstep::contacts
