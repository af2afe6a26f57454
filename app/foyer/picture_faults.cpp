#include <QCoreApplication>
#include <array>

#include "app/foyer/fault_rows.h"

namespace foyer::app {
namespace {

using Row = FaultRow;

#define FOYER_TEXT(text) QT_TRANSLATE_NOOP("ErrorText", text)

constexpr std::array kRows = {
    Row{"picture", "not_found", FOYER_TEXT("There is no such picture"),
        FOYER_TEXT("Check its name and folder, or drop it onto the window.")},
    Row{"picture", "permission", FOYER_TEXT("This picture may not be read"),
        FOYER_TEXT("Copy it into a folder of your own.")},
    Row{"picture", "not_a_file", FOYER_TEXT("This is not a file"),
        FOYER_TEXT("Add the picture’s name.")},
    Row{"picture", "several_files", FOYER_TEXT("This is more than one file"),
        FOYER_TEXT("Drop the picture with the code alone.")},
    Row{"picture", "not_local", FOYER_TEXT("This picture is not on this computer"),
        FOYER_TEXT("Foyer downloads nothing. Save the picture, then drop the file.")},
    Row{"picture", "nothing_copied", FOYER_TEXT("No picture was copied"),
        FOYER_TEXT("Copy the picture itself, then paste it here.")},
    Row{"picture", "too_large", FOYER_TEXT("This file is too large"),
        FOYER_TEXT("A picture may have up to 16 MB. Crop it to the code and try that.")},
    Row{"picture", "too_many_pixels", FOYER_TEXT("This picture is too large"),
        FOYER_TEXT("It may have up to 50 million pixels. Crop it to the code and try that.")},
    Row{"picture", "unknown_format", FOYER_TEXT("Foyer cannot read this kind of picture"),
        FOYER_TEXT("It reads PNG, JPEG, GIF and BMP.")},
    Row{"picture", "damaged", FOYER_TEXT("This picture is damaged"),
        FOYER_TEXT("It may have been cut off on its way. Ask for it again.")},
    Row{"picture", "failed", FOYER_TEXT("The picture could not be read"),
        FOYER_TEXT("Is the disk still there? Then try again.")},
    Row{"picture", "no_code", FOYER_TEXT("No QR code was found in this picture"),
        FOYER_TEXT(
            "Take it from closer up, without shadows, and with the white edge around the code.")},
    Row{"picture", "no_link", FOYER_TEXT("The QR code in this picture is not one of Foyer’s"),
        FOYER_TEXT("Foyer shows its codes on the page of a relay and in the settings.")},
    Row{"picture", "several_links", FOYER_TEXT("There is more than one QR code in this picture"),
        FOYER_TEXT("Crop it to the one you mean.")},
};
#undef FOYER_TEXT

}  // namespace

std::span<const Row> pictureFaultRows() { return kRows; }

}  // namespace foyer::app
