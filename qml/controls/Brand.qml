// The program's sign.
import QtQuick
import QtQuick.Window

Image {
  property int size: 26

  width: size
  height: size
  source: "qrc:/foyer/app/app-icon.svg"
  sourceSize.width: Math.round(size * Screen.devicePixelRatio)
  sourceSize.height: Math.round(size * Screen.devicePixelRatio)
  Accessible.ignored: true
}
