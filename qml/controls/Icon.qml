// A glyph of resources/icons in one colour; always beside a word, so it has no name of its own.
import QtQuick
import QtQuick.Window
import Foyer.Theme

Image {
  id: root

  required property string name
  property color colour: Theme.text
  property int size: 16

  width: size
  height: size
  source: name.length > 0 ? "image://look/icon/" + name + "/" + Theme.hex(colour) : ""
  sourceSize.width: Math.round(size * Screen.devicePixelRatio)
  sourceSize.height: Math.round(size * Screen.devicePixelRatio)
  Accessible.ignored: true
}
