#include "app/routes.hpp"

namespace doorstep::app {

void list_routes(http::Router& router, Modules& modules, Status& status, Pages& pages, JobDesk& desk) {
    identity::routes(router, modules.identity);
    contacts::routes(router, modules.contacts);
    journeys::routes(router, modules.journeys);
    progression::routes(router, modules.progression);
    today::routes(router, modules.today);
    messages::routes(router, modules.messages);
    insights::routes(router, modules.insights);
    events::routes(router, modules.live_pages);
    routes(router, desk);
    routes(router, status);
    routes(router, pages);
}

} // namespace doorstep::app
