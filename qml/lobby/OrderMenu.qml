// In which order people are listed, and whether by relay.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

NamedPopup {
  id: root

  required property PeopleModel people

  label: qsTr("Order of the list")
  // `reason`: who came by keys sees where the focus is.
  function show(reason: int): void {
    open();
    orders.itemAt(people.order).forceActiveFocus(reason);
  }

  // Stays inside the window.
  margins: 8
  width: 252
  height: choices.implicitHeight + 16
  padding: 8
  focus: true
  closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
  background: Rectangle {
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.line
  }
  contentItem: Column {
    id: choices
    spacing: 4
    Repeater {
      id: orders
      model: [qsTr("Who can answer first"), qsTr("By name"), qsTr("Latest call first")]
      PushButton {
        id: choice

        required property string modelData
        required property int index
        readonly property bool chosen: root.people.order === index

        width: choices.width
        kind: PushButton.Quiet
        leading: true
        glyph: chosen ? "check" : ""
        text: modelData
        checkable: true
        checked: chosen
        Keys.onDownPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onUpPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
        onClicked: {
          root.close();
          root.people.order = index;
        }
      }
    }
    SettingRow {
      visible: root.people.canGroup
      x: 14
      width: parent.width - 24
      title: qsTr("Group by relay")
      isOn: root.people.byRelay
      onWanted: isOn => root.people.byRelay = isOn
    }
    Words {
      width: parent.width
      text: qsTr("Warnings always come first, then favourites.")
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
      leftPadding: 14
      rightPadding: 14
    }
  }
}
