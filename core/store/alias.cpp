#include "core/store/alias.h"

#include <array>
#include <string_view>

namespace foyer::store {

namespace {

using namespace std::string_view_literals;

// Short, friendly, easy to say; nothing that could hurt in any pairing.
constexpr std::array kAdjectives{
    "Able"sv,    "Agile"sv,  "Airy"sv,   "Amber"sv,  "Ample"sv,    "Apt"sv,     "Ashen"sv,
    "Autumn"sv,  "Azure"sv,  "Balmy"sv,  "Bold"sv,   "Brave"sv,    "Breezy"sv,  "Bright"sv,
    "Brisk"sv,   "Bronze"sv, "Calm"sv,   "Candid"sv, "Cheery"sv,   "Civil"sv,   "Clear"sv,
    "Clever"sv,  "Cloudy"sv, "Coral"sv,  "Cosy"sv,   "Crisp"sv,    "Curious"sv, "Dapper"sv,
    "Daring"sv,  "Dawn"sv,   "Deft"sv,   "Dewy"sv,   "Eager"sv,    "Early"sv,   "Earnest"sv,
    "Easy"sv,    "Fair"sv,   "Fleet"sv,  "Fond"sv,   "Frank"sv,    "Fresh"sv,   "Frosty"sv,
    "Gentle"sv,  "Glad"sv,   "Golden"sv, "Grand"sv,  "Green"sv,    "Happy"sv,   "Hardy"sv,
    "Hazel"sv,   "Humble"sv, "Ivory"sv,  "Jade"sv,   "Jolly"sv,    "Keen"sv,    "Kind"sv,
    "Lively"sv,  "Loyal"sv,  "Lucid"sv,  "Lunar"sv,  "Mellow"sv,   "Merry"sv,   "Mild"sv,
    "Misty"sv,   "Modest"sv, "Mossy"sv,  "Neat"sv,   "Nimble"sv,   "Noble"sv,   "Olive"sv,
    "Patient"sv, "Placid"sv, "Plucky"sv, "Polite"sv, "Proud"sv,    "Quick"sv,   "Quiet"sv,
    "Ready"sv,   "Rosy"sv,   "Royal"sv,  "Rustic"sv, "Sage"sv,     "Sandy"sv,   "Serene"sv,
    "Silent"sv,  "Silver"sv, "Snowy"sv,  "Sober"sv,  "Solar"sv,    "Spry"sv,    "Steady"sv,
    "Still"sv,   "Sunny"sv,  "Swift"sv,  "Tidy"sv,   "Tranquil"sv, "Trusty"sv,  "Velvet"sv,
    "Violet"sv,  "Warm"sv,   "Windy"sv,  "Wise"sv,   "Witty"sv,    "Zesty"sv};

constexpr std::array kAnimals{
    "Adder"sv,    "Alpaca"sv,   "Ant"sv,       "Auk"sv,      "Badger"sv,    "Bat"sv,
    "Bear"sv,     "Beaver"sv,   "Bee"sv,       "Bison"sv,    "Bittern"sv,   "Buzzard"sv,
    "Camel"sv,    "Caribou"sv,  "Cat"sv,       "Chamois"sv,  "Cormorant"sv, "Crane"sv,
    "Cricket"sv,  "Crow"sv,     "Curlew"sv,    "Deer"sv,     "Dingo"sv,     "Dolphin"sv,
    "Dormouse"sv, "Dove"sv,     "Duck"sv,      "Eagle"sv,    "Eel"sv,       "Egret"sv,
    "Eider"sv,    "Elk"sv,      "Ermine"sv,    "Falcon"sv,   "Ferret"sv,    "Finch"sv,
    "Fox"sv,      "Frog"sv,     "Gannet"sv,    "Gecko"sv,    "Gibbon"sv,    "Goat"sv,
    "Goose"sv,    "Grebe"sv,    "Grouse"sv,    "Gull"sv,     "Hare"sv,      "Hawk"sv,
    "Hedgehog"sv, "Heron"sv,    "Hoopoe"sv,    "Ibex"sv,     "Ibis"sv,      "Jackdaw"sv,
    "Jay"sv,      "Kestrel"sv,  "Kite"sv,      "Koala"sv,    "Lapwing"sv,   "Lark"sv,
    "Lemur"sv,    "Linnet"sv,   "Llama"sv,     "Lynx"sv,     "Magpie"sv,    "Marmot"sv,
    "Marten"sv,   "Merlin"sv,   "Mole"sv,      "Moose"sv,    "Moth"sv,      "Mouse"sv,
    "Newt"sv,     "Nuthatch"sv, "Ocelot"sv,    "Orca"sv,     "Osprey"sv,    "Otter"sv,
    "Owl"sv,      "Panda"sv,    "Partridge"sv, "Pelican"sv,  "Penguin"sv,   "Petrel"sv,
    "Pigeon"sv,   "Pika"sv,     "Plover"sv,    "Puffin"sv,   "Quail"sv,     "Rabbit"sv,
    "Raven"sv,    "Robin"sv,    "Rook"sv,      "Salmon"sv,   "Seal"sv,      "Shrew"sv,
    "Skylark"sv,  "Sparrow"sv,  "Squirrel"sv,  "Starling"sv, "Stoat"sv,     "Stork"sv,
    "Swallow"sv,  "Swan"sv,     "Swift"sv,     "Tapir"sv,    "Teal"sv,      "Tern"sv,
    "Thrush"sv,   "Toad"sv,     "Trout"sv,     "Turtle"sv,   "Vole"sv,      "Walrus"sv,
    "Weasel"sv,   "Whale"sv,    "Wombat"sv,    "Wren"sv,     "Yak"sv,       "Zebra"sv};

static_assert(kAdjectives.size() >= 64 && kAnimals.size() >= 64);

}  // namespace

std::string randomAlias(RandomSource& random) {
  std::string alias(kAdjectives[random.below(kAdjectives.size())]);
  alias += ' ';
  alias += kAnimals[random.below(kAnimals.size())];
  return alias;
}

}  // namespace foyer::store
