#include "app/workbench.hpp"

namespace doorstep::app {

namespace {

db::Options options(const Store& store) {
    auto options = store.options();
    options.enter = &identity::enter_query();
    return options;
}

} // namespace

Workbench::Workbench(const Config& config)
    : store(config, SchemaCare::migrate),
      sealer(master_key(config)),
      db(io, options(store)),
      modules(
          {.db = db,
           .blocking = blocking,
           .sealer = sealer,
           .publish = [](events::LiveNotice) {},
           .files_folder = std::filesystem::path(config.doorstep_data) / "files"}
      ) {
    db::StoreClock::load(store.options().conninfo, clock);
}

Context Workbench::context() const {
    Context ctx(clock);
    ctx.all_accounts = true;
    ctx.actor = {Actor::Kind::system, {}, "command line"};
    return ctx;
}

} // namespace doorstep::app
