// Bringing back an identity in the place of the one in use; from the settings.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Onboarding
import Foyer.Theme

NamedPopup {
  id: root

  required property BackupPresenter backup
  required property FilePortal files
  readonly property Item room: T.Overlay.overlay

  label: qsTr("Restore an earlier identity")
  anchors.centerIn: room
  width: Math.min(560, (room ? room.width : 480) - 32)
  height: Math.min(form.implicitHeight + 48, (room ? room.height : 480) - 32)
  padding: 24
  rightPadding: 10  // the bar stands in it
  bottomPadding: 0  // the page has its own
  modal: true
  focus: true
  visible: true
  onOpened: form.take()
  onClosed: root.backup.close()
  T.Overlay.modal: Rectangle {
    color: Qt.alpha(Theme.sunken, 0.6)
  }
  background: Rectangle {
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.lineStrong
  }
  contentItem: ScrollPage {
    above: 0
    RestoreForm {
      id: form
      width: parent ? parent.width - 14 : 0
      backup: root.backup
      files: root.files
      leaving: qsTr("Cancel")
      onClosed: root.close()
    }
  }
}
