#pragma once

#include "modules/contacts/contacts.hpp"

namespace doorstep::contacts {

enum class Side { kept, other };
BOOST_DESCRIBE_ENUM(Side, kept, other)

/// Whose value stays. Unset: the kept one's, or the other's where the kept one has none.
struct MergeChoices {
    std::optional<Side> name;
    std::optional<Side> email;
    std::optional<Side> phone;
    std::optional<Side> property_address;
    std::optional<Side> property_type;
    std::optional<Side> stage;
    std::optional<Side> notes; ///< unset: both, where they fit
    std::optional<Side> zone;
    std::optional<Side> assigned_to;
    std::optional<Side> custom_fields; ///< who wins where both have a value
    BOOST_DESCRIBE_CLASS(
        MergeChoices, (), (name, email, phone, property_address, property_type, stage, notes, zone, assigned_to, custom_fields),
        (), ()
    )
};

struct MergeRequest {
    Id<Client> other_id;
    std::optional<MergeChoices> choices;
    BOOST_DESCRIBE_CLASS(MergeRequest, (), (other_id, choices), (), ())
};

struct Merge {
    Id<Merge> id;
    Id<Client> other_id;
    Time merged_at;
    Time undoable_until;
    Client client;
    BOOST_DESCRIBE_CLASS(Merge, (), (id, other_id, merged_at, undoable_until, client), (), ())
};

/// Two that may be one person.
struct Duplicate {
    std::string reason;
    std::vector<Client> clients;
    BOOST_DESCRIBE_CLASS(Duplicate, (), (reason, clients), (), ())
};

struct DuplicateList {
    std::vector<Duplicate> items;
    BOOST_DESCRIBE_CLASS(DuplicateList, (), (items), (), ())
};

struct DistinctPair {
    Id<Client> id;
    Id<Client> other_id;
    BOOST_DESCRIBE_CLASS(DistinctPair, (), (id, other_id), (), ())
};

/// Whether two values say the same: what comes from a column and what was kept within a document differ in their JSON's spaces.
template <class T>
bool same(const T& a, const T& b) {
    return JsonDocument::parse(to_json(a)).root().text() == JsonDocument::parse(to_json(b)).root().text();
}

/// The record that stays when `other` is merged into `kept`.
Client merged(const Client& kept, const Client& other, const MergeChoices& choices);
/// What a merge changed is as before again; what was changed since stays.
Client unmerged(const Client& now, const Client& before, const Client& after);

} // namespace doorstep::contacts

template <>
struct doorstep::EnumText<doorstep::contacts::Side> {
    static std::string_view text(contacts::Side side) { return side == contacts::Side::kept ? "this" : "other"; }
};
