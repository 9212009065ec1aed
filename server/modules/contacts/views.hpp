#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/text.hpp"
#include "db/database.hpp"
#include "modules/events/events.hpp"

namespace doorstep::contacts {

enum class ViewObject { clients, tasks, emails, leads, bookings, items };
BOOST_DESCRIBE_ENUM(ViewObject, clients, tasks, emails, leads, bookings, items)

enum class ViewLayout { table, board, calendar, cards };
BOOST_DESCRIBE_ENUM(ViewLayout, table, board, calendar, cards)

/// A saved view of a list: what its query parameters are, and how it looks.
struct View {
    Id<View> id;
    ViewObject object = ViewObject::clients;
    std::string name;
    bool shared = false;
    JsonObject filters;
    std::optional<std::string> sort;
    std::vector<std::string> columns;
    ViewLayout layout = ViewLayout::table;
    bool favourite = false;  ///< of the person who asks
    bool is_default = false; ///< of the person who asks: what the list opens with
    bool own = false;        ///< whoever made it may change it
    std::string owner_name;
    Time created_at;
    Time updated_at;
    BOOST_DESCRIBE_CLASS(
        View, (),
        (id, object, name, shared, filters, sort, columns, layout, favourite, is_default, own, owner_name, created_at,
         updated_at),
        (), ()
    )
};

struct ViewList {
    std::vector<View> items;
    BOOST_DESCRIBE_CLASS(ViewList, (), (items), (), ())
};

using Column = Line<1, 60>;

struct NewView {
    ViewObject object = ViewObject::clients;
    Line<1, 80> name;
    std::optional<bool> shared;
    std::optional<JsonObject> filters;
    std::optional<Line<1, 60>> sort;
    std::optional<std::vector<Column>> columns;
    std::optional<ViewLayout> layout;
    std::optional<bool> favourite;
    std::optional<bool> is_default;
    BOOST_DESCRIBE_CLASS(NewView, (), (object, name, shared, filters, sort, columns, layout, favourite, is_default), (), ())
    void validate(Reader& reader) const;
};

/// `favourite` and `is_default` are each person's own; the rest is its maker's to change.
struct ViewPatch {
    Patch<Line<1, 80>> name;
    Patch<bool> shared;
    Patch<JsonObject> filters;
    Patch<std::optional<Line<1, 60>>> sort;
    Patch<std::vector<Column>> columns;
    Patch<ViewLayout> layout;
    Patch<bool> favourite;
    Patch<bool> is_default;
    BOOST_DESCRIBE_CLASS(ViewPatch, (), (name, shared, filters, sort, columns, layout, favourite, is_default), (), ())
    void validate(Reader& reader) const;
    bool changes_view() const;
};

struct ViewFilter {
    std::optional<ViewObject> object;
    BOOST_DESCRIBE_CLASS(ViewFilter, (), (object), (), ())
};

class Views {
public:
    Views(db::Database& db, events::Events& events) : db_(db), events_(events) {}

    /// One's own and the shared ones: favourites first, then by name.
    Task<ViewList> list(Context& ctx, const ViewFilter& filter);
    Task<View> add(Context& ctx, const NewView& input);
    /// Error 403 where another's view would change.
    Task<View> update(Context& ctx, Id<View> id, const ViewPatch& patch);
    Task<> remove(Context& ctx, Id<View> id);

private:
    Task<View> require(db::Session& tx, Context& ctx, Id<View> id);
    void choose(db::Session& tx, Context& ctx, const View& view);

    db::Database& db_;
    events::Events& events_;
};

} // namespace doorstep::contacts
