#include "app/routes.hpp"

namespace doorstep::app {

void list_routes(http::Router& router, Modules& modules, Status& status, Pages& pages, JobDesk& desk) {
    identity::routes(router, modules.identity);
    settings::routes(router, modules.settings);
    webhooks::routes(router, modules.webhooks);
    contacts::routes(router, modules.contacts);
    templates::routes(router, modules.templates);
    journeys::routes(router, modules.journeys);
    messages::routes(router, modules.messages);
    insights::routes(router, modules.insights);
    events::routes(router, modules.live_pages);
    routes(router, desk);
    routes(router, status);
    routes(router, pages);
}

} // namespace doorstep::app
