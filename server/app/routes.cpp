#include "app/routes.hpp"

namespace doorstep::app {

void list_routes(http::Router& router, Modules& modules, Status& status, Pages& pages, JobDesk& desk) {
    identity::routes(router, modules.identity);
    team::routes(router, modules.team);
    onboarding::routes(router, modules.onboarding);
    audit::routes(router, modules.audit);
    mail::routes(router, modules.mail);
    notifications::routes(router, modules.notifications);
    contacts::routes(router, modules.contacts);
    journeys::routes(router, modules.journeys);
    messages::routes(router, modules.messages);
    insights::routes(router, modules.insights);
    events::routes(router, modules.live_pages);
    routes(router, desk);
    routes(router, status);
    routes(router, pages);
    router.permit(accounts::permission_of);
}

} // namespace doorstep::app
