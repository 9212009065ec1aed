#include "app/seed.hpp"

#include <doctest/doctest.h>

#include "test/support/test_store.hpp"

using namespace doorstep;

TEST_CASE("seed: a small office's numbers equal a recount, nothing is due, and no second seed comes on top") {
    test::TestStore store;
    auto config = app::read_config({});
    config.database_url.value = store.owner_conninfo();
    config.doorstep_master_key = std::string(32, 'k');
    app::Workbench bench(config);
    auto made = app::seed(bench, app::SeedSize::small);

    CHECK(made.contacts == 1'000);
    for (auto [table, rows] :
         {std::pair{"contacts", made.contacts},
          {"tasks", made.tasks},
          {"messages", made.messages},
          {"message_events", made.message_events}}) {
        CHECK(store.value(std::string("select count(*) from ") + table) == std::to_string(rows));
    }
    CHECK(store.value("select count(distinct id) = count(*) from messages") == "t");
    CHECK(store.value("select count(*) from tasks where status = 'pending' and scheduled_for <= now()") == "0");
    CHECK(
        store.value("select count(*) from tasks t where message_id is not null and not exists"
                    " (select from messages m where m.account_id = t.account_id and m.id = t.message_id and m.task_id = t.id)"
        ) == "0"
    );

    auto ctx = bench.context();
    ctx.all_accounts = false;
    ctx.account_id = made.account_id;
    auto stats = bench.run(bench.modules.insights.stats(ctx));
    CHECK(stats.total_clients == made.contacts);
    CHECK(store.wrong_counters() == "");
    for (const auto& [stage, count] : stats.clients_by_stage)
        CHECK(std::to_string(count) == store.value("select count(*) from contacts where stage = '" + stage + "'"));
    for (const auto& [status, count] : stats.tasks_by_status)
        CHECK(std::to_string(count) == store.value("select count(*) from tasks where status = '" + status + "'"));
    for (const auto& [status, count] : stats.emails_by_status)
        CHECK(std::to_string(count) == store.value("select count(*) from messages where status = '" + status + "'"));

    CHECK_THROWS_WITH(app::seed(bench, app::SeedSize::small), doctest::Contains("seed data already"));
}
