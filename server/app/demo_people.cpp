#include "app/demo_people.hpp"

namespace doorstep::app {

namespace {

using enum Interest;

constexpr DemoPerson people[] = {
    {"Marcus Lindqvist", "marcus.lindqvist", "+1 212 555 0101", "18 Alder Court, Millbrook", "residential",
     "Met at the open house on Birch Lane. Wants a garden for two dogs.", "open house", 44, 10, clicks, "closed", 39, ""},
    {"Priya Raman", "priya.raman", "+1 212 555 0102", "402 Harbor View Dr, Eastport", "residential",
     "Relocating in spring; school district matters most.", "relocation", 41, 11, opens, "under_contract", 33, ""},
    {"Delgado Family", "delgado.family", "+1 212 555 0103", "77 Orchard St, Fairhaven", "residential",
     "Selling first, then buying. Two children.", "seller", 38, 9, clicks, "closed", 30, ""},
    {"Hannah Osei", "hannah.osei", "+1 212 555 0104", "1200 Market Sq, Suite 5, Eastport", "commercial",
     "Looks for a small bakery space with a back entrance.", "business", 36, 14, opens, "negotiating", 20,
     "Ask about the lease terms of the bakery"},
    {"Tobias Grant", "tobias.grant", "+1 212 555 0105", "9 Quarry Road, Stonefield", "land",
     "Plans to build a cabin; needs road access.", "land", 34, 15, delivers, "lost", 17, ""},
    {"Mei-Lin Zhou", "meilin.zhou", "+1 212 555 0106", "31 Willow Bend, Millbrook", "residential", "First home. Pre-approved.",
     "first home", 31, 10, clicks, "under_contract", 26, "Go through the inspection report together"},
    {"Aaron Feldman", "aaron.feldman", "+1 212 555 0107", "5 Lighthouse Ln, Eastport", "residential",
     "Downsizing; single floor only.", "seller", 29, 16, opens, "lead", 0, ""},
    {"Ruth Abernathy", "ruth.abernathy", "+1 212 555 0108", "640 Chestnut Ave, Fairhaven", "residential",
     "Prefers the phone in the evening.", "seller", 26, 9, bounces, "lead", 0, "Ask Ruth for an e-mail address that works"},
    {"Kofi Mensah", "kofi.mensah", "+1 212 555 0109", "14 Mill Pond Way, Millbrook", "residential",
     "Compares us with another agent.", "", 24, 13, clicks, "negotiating", 12, ""},
    {"Ingrid Solberg", "ingrid.solberg", "+1 212 555 0110", "88 Ferry St, Eastport", "residential", "Wants a water view.", "",
     21, 10, leaves, "lead", 0, ""},
    {"Samuel Brandt", "samuel.brandt", "+1 212 555 0111", "2 Depot Plaza, Stonefield", "commercial",
     "Warehouse, loading dock, 4,000 square feet.", "business", 18, 11, opens, "negotiating", 9, ""},
    {"Yolanda Pierce", "yolanda.pierce", "+1 212 555 0112", "519 Sycamore Dr, Fairhaven", "residential",
     "Saw the Sycamore listing online.", "open house", 16, 15, clicks, "lead", 0, "Invite Yolanda to a second viewing"},
    {"Nikhil Anand", "nikhil.anand", "+1 212 555 0113", "73 Granite Hill, Stonefield", "residential", "Investor, buys to let.",
     "investor", 13, 10, opens, "lead", 0, ""},
    {"Charlotte Dubois", "charlotte.dubois", "+1 212 555 0114", "6 Rosewood Ter, Millbrook", "residential",
     "Home value request after the neighbor's sale.", "seller", 11, 9, clicks, "negotiating", 6, ""},
    {"Owen McKay", "owen.mckay", "+1 212 555 0115", "Lot 12, Old Mill Rd, Stonefield", "land", "Wants to know about the well.",
     "land", 9, 14, delivers, "lead", 0, ""},
    {"Fatima Haddad", "fatima.haddad", "+1 212 555 0116", "230 Bay St, Unit 7, Eastport", "residential",
     "Condo, walking distance to the ferry.", "first home", 7, 10, clicks, "lead", 0, "Send the condo association's rules"},
    {"Peter Novak", "peter.novak", "+1 212 555 0117", "41 Hillcrest Rd, Fairhaven", "residential", "", "", 5, 16, opens, "lead",
     0, ""},
    {"Grace Whitfield", "grace.whitfield", "+1 212 555 0118", "15 Canal Walk, Eastport", "other",
     "Houseboat. Asks about mooring fees.", "", 4, 11, delivers, "lead", 0, ""},
    {"Luis Cordero", "luis.cordero", "+1 212 555 0119", "902 Juniper Ct, Millbrook", "residential",
     "Referred by the Delgado family.", "referral", 3, 9, opens, "lead", 0, "Thank the Delgados for the referral"},
    {"Amelia Hart", "", "+1 212 555 0120", "27 Meadow Ln, Fairhaven", "residential",
     "Left her number on the list at the door. Garden, not more than 30 minutes to town.", "open house", 2, 10, none, "lead", 0,
     ""},
    {"Dmitri Volkov", "dmitri.volkov", "+1 212 555 0121", "310 Station Rd, Stonefield", "residential", "", "", 1, 15, none,
     "lead", 0, ""},
    {"Beatrice Lang", "beatrice.lang", "+1 212 555 0122", "8 Vineyard Ct, Millbrook", "residential", "Asked for a call back.",
     "", 0, 0, none, "lead", 0, "Call Beatrice back"},
};

} // namespace

std::span<const DemoPerson> demo_people() {
    return people;
}

} // namespace doorstep::app
