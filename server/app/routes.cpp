#include "app/routes.hpp"

#include "app/trash_files.hpp"

namespace doorstep::app {

void list_routes(http::Router& router, Modules& modules, Status& status, Pages& pages, JobDesk& desk) {
    identity::routes(router, modules.identity);
    settings::routes(router, modules.settings);
    webhooks::routes(router, modules.webhooks);
    calendar::routes(router, modules.calendar);
    team::routes(router, modules.team);
    onboarding::routes(router, modules.onboarding);
    audit::routes(router, modules.audit);
    mail::routes(router, modules.mail);
    notifications::routes(router, modules.notifications);
    contacts::routes(router, modules.contacts);
    contacts::routes(router, modules.bulk);
    contacts::routes(router, modules.imports);
    contacts::routes(router, modules.cleanup);
    templates::routes(router, modules.templates);
    journeys::routes(router, modules.journeys);
    progression::routes(router, modules.progression);
    today::routes(router, modules.today);
    messages::routes(router, modules.messages);
    insights::routes(router, modules.insights);
    exports::routes(router, modules.exports);
    trash_file_routes(router, modules);
    events::routes(router, modules.live_pages);
    routes(router, modules.health);
    routes(router, desk);
    routes(router, status);
    router.permit(accounts::permission_of);
    routes(router, pages); // last: among them is the document of all others
}

} // namespace doorstep::app
