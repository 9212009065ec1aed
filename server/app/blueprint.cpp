#include "app/blueprint.hpp"

#include <boost/asio/io_context.hpp>

#include "app/routes.hpp"

namespace doorstep::app {

std::string openapi_document() {
    boost::asio::io_context io{1};
    db::Database db(io, {}); // connects at the first statement, which never comes
    Config config;
    config.doorstep_listen = {};
    Shared shared(std::move(config), std::string(32, '-'));
    shared.public_url = shared.config.public_url();
    Modules modules({.db = db, .blocking = shared.blocking, .sealer = shared.sealer, .publish = [](events::LiveNotice) {}});
    Status status(shared, db);
    Pages pages(shared);
    JobDesk desk(db);
    http::Router router;
    list_routes(router, modules, status, pages, desk);
    router.check();
    return router.openapi(DOORSTEP_VERSION, shared.public_url);
}

} // namespace doorstep::app
