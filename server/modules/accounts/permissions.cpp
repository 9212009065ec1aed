#include "modules/accounts/permissions.hpp"

#include <algorithm>
#include <stdexcept>

#include "modules/accounts/accounts.hpp"

namespace doorstep::accounts {
namespace {

using enum http::Permission::Acting;

constexpr std::string_view everybody = "OASGT";

// What has no line here nobody may do: the server does not start with an endpoint whose scope is missing.
// An agency's owners and admins act in its businesses as A, its staff as S.
const std::vector<Right> table{
    {"api_keys:read", "OAG", refused},
    {"api_keys:write", "OAG", refused},
    {"audit:read", "OA"},
    {"calendar:read", everybody, at_home}, // one's own
    {"calendar:write", everybody, at_home},
    {"clients:read", everybody},
    {"clients:write", everybody},
    {"dashboard:read", everybody},
    {"emails:read", everybody},
    {"emails:write", everybody},
    {"erasures:read", "OA"},
    {"erasures:write", "OA"},
    {"events:read", everybody},
    {"exports:read", "OA"}, // of everything that an account has
    {"fields:write", "OAG"},
    {"hub:read", "OAS", refused},
    {"hub:write", "OA", refused},
    {"jobs:read", everybody},
    {"jobs:write", "OASG"},
    {"mail:read", "OA"},
    {"mail:write", "OA"},
    {"notifications:read", everybody, at_home},
    {"notifications:write", everybody, at_home},
    {"onboarding:read", everybody},
    {"onboarding:write", "OAS"},
    {"reports:read", everybody},
    {"retention:write", "OA"},
    {"self", everybody, at_home}, // what concerns the credential itself: every key has it, none needs to be given it
    {"settings:read", everybody},
    {"settings:write", "OA"},
    {"status:read", "OA"},
    {"tasks:read", everybody},
    {"tasks:write", everybody},
    {"team:read", everybody},
    {"team:write", "OA"},
    {"templates:read", everybody},
    {"templates:write", everybody},
    {"views:read", everybody},
    {"views:write", everybody},
    {"webhooks:read", "OA", refused},
    {"webhooks:write", "OA", refused},
};

std::string_view role_of(char letter) {
    switch (letter) {
    case 'O': return enum_text(Role::owner);
    case 'A': return enum_text(Role::admin);
    case 'S': return enum_text(Role::staff);
    case 'G': return enum_text(Role::agent);
    default: return enum_text(Role::assistant);
    }
}

const Right* find_right(std::string_view what) {
    auto found = std::ranges::find(table, what, &Right::what);
    return found == table.end() ? nullptr : &*found;
}

} // namespace

const std::vector<Right>& rights() {
    return table;
}

std::optional<http::Permission> permission_of(const http::Route& route) {
    auto* of_scope = find_right(route.scope_name);
    if (!of_scope) return std::nullopt;
    auto* own = find_right(route.operation_id);
    auto* right = own ? own : of_scope;
    http::Permission permission{.roles = {}, .acting = right->acting};
    if (right->roles != everybody) {
        for (char letter : right->roles) permission.roles.emplace_back(role_of(letter));
    }
    return permission;
}

bool can_be_given(std::string_view scope) {
    auto* right = find_right(scope);
    return right && scope.find(':') != scope.npos;
}

Role role_named(std::string_view text) {
    Role role{};
    if (Field<Role>::parse(text, role)) throw std::logic_error("there is no role " + std::string(text));
    return role;
}

std::optional<Role> role_while_acting(Role at_home) {
    switch (at_home) {
    case Role::owner:
    case Role::admin: return Role::admin;
    case Role::staff: return Role::staff;
    default: return std::nullopt;
    }
}

} // namespace doorstep::accounts
