// A link as a QR code on white, in both themes: readers need the contrast and the empty border.
import QtQuick
import Foyer.Model

Rectangle {
  id: root

  required property string link

  implicitWidth: code.width
  implicitHeight: code.height
  radius: 4
  color: "white"
  visible: code.fits
  Accessible.role: Accessible.Graphic
  Accessible.name: qsTr("QR code of the link %1").arg(root.link)

  QrCode {
    id: code
    text: root.link
    width: implicitWidth
    height: implicitHeight
  }
}
