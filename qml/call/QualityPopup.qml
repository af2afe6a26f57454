// The quality where the dock has no room for it.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

NamedPopup {
  id: root

  required property QualityPresenter quality

  label: qsTr("Quality")
  width: 420
  height: column.implicitHeight + 32
  padding: 16
  focus: true
  background: Rectangle {
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.lineStrong
  }
  contentItem: Column {
    id: column
    spacing: 8
    QualityControl {
      width: parent.width
      quality: root.quality
      focus: true
    }
    Words {
      width: parent.width
      text: root.quality.recovery
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
  }
}
