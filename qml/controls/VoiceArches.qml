// A door with arches round it; so many are lit as there is sound. Seven images, rendered once and
// swapped (look.md: what a meter may cost).
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import Foyer.Theme

Item {
  id: root

  required property string initials
  property int hue: 0
  property int lit: 0
  property int count: 6
  property int doorWidth: 68
  property int doorHeight: 86
  property int gap: 14
  property int floorReach: 8
  property int litWidth: 5
  property bool open: true
  property bool bare: false        // the arches alone

  implicitWidth: doorWidth + 2 * (gap * count + floorReach)
  // Whole pixels: a picture of another size than its item is scaled anew for every frame.
  implicitHeight: doorHeight + gap * count + 2 + Math.ceil(litWidth / 2)
  Accessible.ignored: true

  Repeater {
    model: root.count + 1
    Image {
      required property int index

      anchors.fill: parent
      // Smooth, even a picture that fits its item is painted row by row and on several threads.
      smooth: Screen.devicePixelRatio !== Math.round(Screen.devicePixelRatio)
      visible: index === Math.max(0, Math.min(root.lit, root.count))
      sourceSize.width: Math.round(root.implicitWidth * Screen.devicePixelRatio)
      sourceSize.height: Math.round(root.implicitHeight * Screen.devicePixelRatio)
      source: "image://look/arches/" + root.doorWidth + "/" + root.doorHeight + "/" + root.gap + "/" + root.count + "/" + index
              + "/" + Theme.hex(Theme.lamp) + "/" + Theme.hex(Theme.hallLine) + "/" + root.floorReach + "/" + root.litWidth
      Accessible.ignored: true
    }
  }
  Doorway {
    visible: !root.bare
    x: (root.width - width) / 2
    y: root.height - 2 - height
    width: root.doorWidth
    height: root.doorHeight
    initials: root.initials
    hue: root.hue
    lit: root.open
    hall: true
  }
}
