// A few words of which one is chosen: what stands below changes with it. In one row, or in several
// where it is given a width that is too small for that.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Theme

Flow {
  id: root

  required property list<string> names
  required property string label
  property int current: 0

  signal chosen(int index)

  spacing: 4
  Accessible.role: Accessible.Grouping
  Accessible.name: label

  Repeater {
    model: root.names
    PushButton {
      id: segment

      required property string modelData
      required property int index

      kind: index === root.current ? PushButton.Plain : PushButton.Quiet
      text: modelData
      checkable: true
      autoExclusive: true
      checked: index === root.current
      onClicked: {
        root.chosen(index);
        checked = Qt.binding(() => index === root.current);
      }

      // The chosen one is told by its shape too.
      Rectangle {
        visible: segment.index === root.current
        x: 14
        y: parent.height - 5
        width: parent.width - 28
        height: 2
        radius: 1
        color: Theme.accent
      }
    }
  }
}
