// Everybody of whom something is kept, here or not: find them, open their page, save all to a file
// or take those of one.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property ContactsModel contacts
  required property ContactFilePresenter file
  required property FilePortal files
  readonly property bool wide: width >= 800
  readonly property int margin: width >= 560 ? 24 : 16
  property bool hasBack: true  // no rail beside the page leads home

  signal closed
  signal opened(string fingerprint)

  color: Theme.bg
  Keys.onEscapePressed: root.closed()
  Component.onCompleted: {
    root.contacts.open();
    list.forceActiveFocus(Qt.TabFocusReason);
  }
  Component.onDestruction: root.contacts.close()

  Shortcut {
    sequence: "Ctrl+F"
    onActivated: {
      searchBox.forceActiveFocus(Qt.ShortcutFocusReason);
      searchBox.selectAll();
    }
  }
  Column {
    id: top
    x: root.margin
    y: 12
    width: parent.width - 2 * x
    spacing: 8

    PageHead {
      width: parent.width
      title: qsTr("Contacts")
      wide: root.wide
      hasBack: root.hasBack
      onClosed: root.closed()
      actions: [
        PushButton {
          visible: root.contacts.total > 0
          kind: PushButton.Quiet
          text: qsTr("Save to a file")
          onClicked: root.file.begin(ContactFilePresenter.Save)
        },
        PushButton {
          kind: PushButton.Quiet
          text: qsTr("Add from a file")
          onClicked: root.file.begin(ContactFilePresenter.Take)
        }
      ]

      TextBox {
        id: searchBox
        width: root.wide ? 264 : top.width
        label: qsTr("Find a contact")
        placeholderText: qsTr("Name or note")
        glyph: "search"
        hint: qsTr("Ctrl+F")
        maximumLength: 80
        onTextEdited: root.contacts.filter = text
        Keys.onDownPressed: list.forceActiveFocus(Qt.TabFocusReason)
      }
    }
  }
  ListView {
    id: list
    x: root.margin - 12
    y: top.y + top.height + 8
    width: parent.width - 2 * x
    height: parent.height - y - 12
    clip: true
    T.ScrollBar.vertical: ScrollTrack {}
    model: root.contacts
    activeFocusOnTab: true
    boundsBehavior: Flickable.StopAtBounds
    keyNavigationEnabled: true
    currentIndex: 0
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Contacts")
    Keys.onReturnPressed: root.opened(root.contacts.fingerprintAt(currentIndex))
    Keys.onEnterPressed: root.opened(root.contacts.fingerprintAt(currentIndex))
    Keys.onPressed: event => {
      if (event.key === Qt.Key_Home)
        currentIndex = 0;
      else if (event.key === Qt.Key_End)
        currentIndex = count - 1;
      else
        return;
      event.accepted = true;
    }
    delegate: ContactRow {
      width: ListView.view ? ListView.view.width : 0
      onClicked: root.opened(fingerprint)
    }
  }
  EmptyState {
    x: root.margin
    y: list.y + Math.max(12, (list.height - height) / 2)
    width: parent.width - 2 * x
    visible: root.contacts.count === 0
    glyph: "person"
    text: root.contacts.total === 0 ? qsTr("People you talk with, name or star appear here.") : qsTr("No contact has that in their name or note.")

    PushButton {
      visible: root.contacts.total === 0
      glyph: "lobby"
      text: qsTr("Find somebody in the lobby")
      onClicked: root.closed()
    }
  }
  Loader {
    active: root.visible && root.file.open !== ContactFilePresenter.Nothing
    sourceComponent: ContactFileDialog {
      file: root.file
      files: root.files
    }
  }
}
