#include <kainjow/mustache.hpp>

#include "core/embedded.hpp"
#include "modules/mail/mail.hpp"

namespace doorstep::mail {

http::Response UnsubscribePage::html() const {
    auto file = embedded_template("pages/unsubscribe.mustache");
    kainjow::mustache::mustache page{std::string(file.value())};
    kainjow::mustache::data data;
    data.set("language", std::string(enum_text(language)));
    data.set("title", title);
    data.set("text", text);
    if (button) data.set("button", *button);
    return http::Response::html(page.render(data));
}

} // namespace doorstep::mail
