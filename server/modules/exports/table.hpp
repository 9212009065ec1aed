#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/cell_list.hpp"
#include "core/described.hpp"
#include "http/router.hpp"

namespace doorstep::exports {

enum class Format { csv, xlsx };
BOOST_DESCRIBE_ENUM(Format, csv, xlsx)

using Cells = std::vector<std::string>;

/// A list as a file takes it: in the list's order, some rows at a time.
struct Table {
    std::string name; ///< "tasks": the file is tasks.csv
    Cells header;
    /// The rows that follow; none: that was all.
    std::function<Task<std::vector<Cells>>(Context&)> next;
};

/// Rows that are asked for at once.
constexpr std::int64_t rows_a_step = 1000;
/// More go into no workbook.
constexpr std::int64_t most_rows = 100'000;

namespace detail {

/// "Client name" of client_name.
std::string heading(std::string_view prefix, std::string_view member);

template <class T>
struct Inner {
    using type = T;
};
template <class T>
struct Inner<std::optional<T>> {
    using type = T;
};

/// Which members are cells, or several: what is a list of things of its own is none.
template <class T>
constexpr bool is_cell = Scalar<T> || std::is_same_v<T, std::vector<std::string>>;

/// What people read comes first, what only programs do last.
enum class Part { words, ids };

template <class T>
constexpr Part part_of = std::is_same_v<T, Uuid> ? Part::ids : Part::words;
template <class T>
constexpr Part part_of<Id<T>> = Part::ids;

using Names = std::vector<std::string_view>;

template <class T>
void append_header(Cells& header, Part part, std::string_view prefix, const Names& without) {
    boost::mp11::mp_for_each<MembersOf<T>>([&header, part, prefix, &without](auto d) {
        using Member = typename Inner<std::remove_cvref_t<decltype(std::declval<T>().*d.pointer)>>::type;
        if (std::ranges::find(without, d.name) != without.end()) return;
        if constexpr (is_cell<Member>) {
            if (part_of<Member> == part) header.push_back(heading(prefix, d.name));
        } else if constexpr (DescribedStruct<Member>) {
            append_header<Member>(header, part, d.name, {});
        }
    });
}

template <class T>
std::string cell_text(const T& value) {
    std::string text;
    if constexpr (std::is_same_v<T, bool>) {
        text = value ? "yes" : "no";
    } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
        text = write_cell_list(value);
    } else {
        append_text(text, value);
    }
    return text;
}

/// `row` null: empty cells.
template <class T>
void append_cells(Cells& cells, Part part, const T* row, const Names& without) {
    boost::mp11::mp_for_each<MembersOf<T>>([&cells, part, row, &without](auto d) {
        using Held = std::remove_cvref_t<decltype(std::declval<T>().*d.pointer)>;
        using Member = typename Inner<Held>::type;
        if (std::ranges::find(without, d.name) != without.end()) return;
        const Member* value = nullptr;
        if constexpr (!std::is_same_v<Held, Member>) {
            if (row && row->*d.pointer) value = &*(row->*d.pointer);
        } else if (row) {
            value = &(row->*d.pointer);
        }
        if constexpr (is_cell<Member>) {
            if (part_of<Member> == part) cells.push_back(value ? cell_text(*value) : std::string());
        } else if constexpr (DescribedStruct<Member>) {
            append_cells(cells, part, value, {});
        }
    });
}

} // namespace detail

/// The columns of a described struct, without what is no use in a spreadsheet. What there is not is an empty cell; a struct within has its
/// columns in the same row, with its name before theirs.
template <class Row>
class Columns {
public:
    explicit Columns(detail::Names without = {}) : without_(std::move(without)) {}

    Cells header() const {
        Cells header;
        for (auto part : {detail::Part::words, detail::Part::ids}) detail::append_header<Row>(header, part, "", without_);
        return header;
    }
    Cells cells(const Row& row) const {
        Cells cells;
        for (auto part : {detail::Part::words, detail::Part::ids}) detail::append_cells(cells, part, &row, without_);
        return cells;
    }
    std::vector<Cells> rows(const std::vector<Row>& items) const {
        std::vector<Cells> rows;
        rows.reserve(items.size());
        for (auto& item : items) rows.push_back(cells(item));
        return rows;
    }

private:
    detail::Names without_;
};

/// A list of pages, whichever page of it is asked for. `list` is asked as (ctx, filter) for a Page<Row>.
template <class Row, class Filter, class List>
Table table_of(std::string name, Columns<Row> columns, Filter filter, List list) {
    struct Place {
        Filter filter;
        bool more = true;
    };
    filter.page.reset();
    filter.limit.emplace();
    filter.limit->value = rows_a_step;
    if constexpr (requires { filter.cursor; }) filter.cursor.reset();
    auto place = std::make_shared<Place>(Place{std::move(filter)});
    auto header = columns.header();
    auto next = [place, columns = std::move(columns), list](Context& ctx) -> Task<std::vector<Cells>> {
        if (!place->more) co_return std::vector<Cells>{};
        auto page = co_await list(ctx, place->filter);
        if constexpr (requires { place->filter.cursor; }) {
            place->more = page.next.has_value();
            if (page.next) place->filter.cursor.emplace().value = *page.next;
        } else {
            place->more = std::int64_t(page.items.size()) == rows_a_step;
            place->filter.page.emplace().value = page.page + 1;
        }
        co_return columns.rows(page.items);
    };
    return {std::move(name), std::move(header), std::move(next)};
}

/// A list that comes at once.
template <class Row>
Table table_of(std::string name, Columns<Row> columns, std::vector<Row> items) {
    auto rows = std::make_shared<std::vector<Cells>>(columns.rows(items));
    auto next = [rows](Context&) -> Task<std::vector<Cells>> { co_return std::exchange(*rows, {}); };
    return {std::move(name), columns.header(), next};
}

} // namespace doorstep::exports
