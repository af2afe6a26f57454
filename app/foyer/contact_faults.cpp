#include <QCoreApplication>
#include <array>

#include "app/foyer/fault_rows.h"

namespace foyer::app {
namespace {

using Row = FaultRow;

#define FOYER_TEXT(text) QT_TRANSLATE_NOOP("ErrorText", text)

constexpr std::array kRows = {
    Row{"call", "ask_first", FOYER_TEXT("You wanted to be asked before calls with this person"),
        FOYER_TEXT("Choose whether this one may go directly or stays on the relay.")},
    Row{"contact", "not_found", FOYER_TEXT("This person is not here"),
        FOYER_TEXT("Try again when you see them in the list.")},
    Row{"contact", "not_blocked", FOYER_TEXT("This person is not blocked"),
        FOYER_TEXT("They can call you already.")},
    Row{"contact", "bad_name", FOYER_TEXT("This name cannot be used"),
        FOYER_TEXT("It can have at most 64 letters, no invisible ones and no line breaks.")},
    Row{"contact", "bad_note", FOYER_TEXT("This note cannot be kept"),
        FOYER_TEXT("It can have about 1000 letters, without control characters.")},
    Row{"contact", "bad_ring", FOYER_TEXT("There is no ringtone of that name"),
        FOYER_TEXT("Choose one of those that are offered.")},
    Row{"contacts", "not_contacts", FOYER_TEXT("This is not a contacts file"),
        FOYER_TEXT("Foyer makes them under Contacts, Save to a file. This one may have been cut "
                   "off on the way.")},
    Row{"contacts", "unsupported_version", FOYER_TEXT("A newer Foyer made this file"),
        FOYER_TEXT("Update this one, then try again.")},
    Row{"contacts", "bad_entry", FOYER_TEXT("Something in this file is damaged"),
        FOYER_TEXT("Nothing was taken from it. Save the contacts again where it came from.")},
    Row{"contacts", "too_many", FOYER_TEXT("There are too many contacts in this file"),
        FOYER_TEXT("Foyer keeps 20 000. Nothing was taken from it.")},
    Row{"contacts", "too_large", FOYER_TEXT("This file is too large"),
        FOYER_TEXT("A contacts file has at most 16 MB.")},
    Row{"contacts", "not_found", FOYER_TEXT("There is no such file"),
        FOYER_TEXT("Check its name and folder.")},
    Row{"contacts", "permission", FOYER_TEXT("You are not allowed to use this file"),
        FOYER_TEXT("Choose another folder, or ask the person who looks after this computer.")},
    Row{"contacts", "not_a_file", FOYER_TEXT("This is a folder, not a file"),
        FOYER_TEXT("Add the file’s name.")},
    Row{"contacts", "exists", FOYER_TEXT("There is already a file with that name"),
        FOYER_TEXT("Nothing was overwritten. Choose another name.")},
    Row{"contacts", "disk_full", FOYER_TEXT("The disk is full"),
        FOYER_TEXT("Make room, then save again.")},
    Row{"contacts", "failed", FOYER_TEXT("The file could not be read or written"),
        FOYER_TEXT("Is the disk still there? Then try again.")},
};
#undef FOYER_TEXT

}  // namespace

std::span<const Row> contactFaultRows() { return kRows; }

}  // namespace foyer::app
